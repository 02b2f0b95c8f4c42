package io.ringfence.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The rows of one run, printed as they come and written to a file in the end.
public final class Results {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode all = JSON.createObjectNode();
    private final ArrayNode rows;

    public Results() {
        all.put(
                "machine",
                "%d cores, %s %s, Java %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.version()));
        rows = all.putArray("rows");
    }

    public Row row(String name, String unit) {
        return new Row(rows.addObject().put("name", name).put("unit", unit));
    }

    @Override
    public String toString() {
        return all.toString();
    }

    public void write(Path file) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        JSON.writeValue(file.toFile(), all);
        System.out.printf("%nWritten to %s%n", file);
    }

    /// One figure beside its limit.
    public static final class Row {
        private final ObjectNode row;

        private Row(ObjectNode row) {
            this.row = row;
        }

        public Row distribution(Distribution measured) {
            return put("p50", measured.at(0.5)).put("p99", measured.at(0.99));
        }

        /// @param ratio ours over the limit: met up to 1
        public Row limit(double limit, double ratio) {
            return put("limit", limit).put("ratio", ratio);
        }

        public Row put(String name, double value) {
            row.put(name, Math.round(value * 1e3) / 1e3);
            return this;
        }

        public Row put(String name, long value) {
            row.put(name, value);
            return this;
        }

        public void print() {
            StringBuilder line = new StringBuilder();
            row.properties()
                    .forEach(each ->
                            line.append(each.getKey())
                                    .append(' ')
                                    .append(each.getValue().asText())
                                    .append("  "));
            System.out.println(line.toString().strip());
        }
    }
}
