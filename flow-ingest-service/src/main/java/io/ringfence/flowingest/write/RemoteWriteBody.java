package io.ringfence.flowingest.write;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xerial.snappy.Snappy;

/// Samples in the form that costs VictoriaMetrics least: Prometheus' remote-write message, in which
/// a series' labels stand once before all its samples, compressed with snappy.
///
/// ```
/// WriteRequest { repeated TimeSeries timeseries = 1; }
/// TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; }
/// Label        { string name = 1; string value = 2; }
/// Sample       { double value = 1; int64 timestamp = 2; }
/// ```
public final class RemoteWriteBody {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final Map<List<Label>, List<Sample>> series = new LinkedHashMap<>();
    private int rows;
    private long newestMs;

    public void add(List<Sample> samples) {
        for (Sample sample : samples) {
            newestMs = Math.max(newestMs, sample.timestampMs());
            series.computeIfAbsent(sample.labels(), labels -> new ArrayList<>(2)).add(sample);
        }
        rows += samples.size();
    }

    public int rows() {
        return rows;
    }

    /// The newest sample's time, in milliseconds since 1970.
    public long newestMs() {
        return newestMs;
    }

    /// The request's body.
    public byte[] compressed() {
        try {
            return Snappy.compress(uncompressed());
        } catch (IOException e) {
            throw new UncheckedIOException("snappy cannot compress", e);
        }
    }

    byte[] uncompressed() {
        List<byte[]> messages = new ArrayList<>(series.size());
        int size = 0;
        for (List<Sample> samples : series.values()) {
            byte[] message = timeSeries(samples);
            messages.add(message);
            size += CodedOutputStream.computeByteArraySize(FIRST, message);
        }
        byte[] body = new byte[size];
        write(
                body,
                out -> {
                    for (byte[] message : messages) {
                        out.writeByteArray(FIRST, message);
                    }
                });
        return body;
    }

    private static byte[] timeSeries(List<Sample> samples) {
        List<Label> labels = samples.getFirst().labels();
        byte[][] texts = new byte[2 * labels.size()][];
        int size = 0;
        for (int i = 0; i < labels.size(); i++) {
            texts[2 * i] = labels.get(i).name().getBytes(StandardCharsets.UTF_8);
            texts[2 * i + 1] = labels.get(i).value().getBytes(StandardCharsets.UTF_8);
            size += messageSize(labelSize(texts[2 * i], texts[2 * i + 1]));
        }
        for (Sample sample : samples) {
            size += messageSize(sampleSize(sample));
        }
        byte[] message = new byte[size];
        write(
                message,
                out -> {
                    for (int i = 0; i < texts.length; i += 2) {
                        out.writeTag(FIRST, 2);
                        out.writeUInt32NoTag(labelSize(texts[i], texts[i + 1]));
                        out.writeByteArray(FIRST, texts[i]);
                        out.writeByteArray(SECOND, texts[i + 1]);
                    }
                    for (Sample sample : samples) {
                        out.writeTag(SECOND, 2);
                        out.writeUInt32NoTag(sampleSize(sample));
                        out.writeDouble(FIRST, sample.value());
                        out.writeInt64(SECOND, sample.timestampMs());
                    }
                });
        return message;
    }

    private static int labelSize(byte[] name, byte[] value) {
        return CodedOutputStream.computeByteArraySize(FIRST, name)
                + CodedOutputStream.computeByteArraySize(SECOND, value);
    }

    private static int sampleSize(Sample sample) {
        return CodedOutputStream.computeDoubleSize(FIRST, sample.value())
                + CodedOutputStream.computeInt64Size(SECOND, sample.timestampMs());
    }

    private static int messageSize(int size) {
        return CodedOutputStream.computeTagSize(FIRST)
                + CodedOutputStream.computeUInt32SizeNoTag(size)
                + size;
    }

    private static void write(byte[] target, Writing writing) {
        CodedOutputStream out = CodedOutputStream.newInstance(target);
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("sizes were computed wrongly", e);
        }
        out.checkNoSpaceLeft();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }
}
