package io.ringfence.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/// A process of its own that keeps others busy. It stays from load to load, because one that has
/// just started is slower than what it is to measure.
public final class LoadProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer loads;
    private final BufferedReader seen;

    private LoadProcess(Process process) {
        this.process = process;
        this.loads = process.outputWriter();
        this.seen = process.inputReader();
    }

    public static LoadProcess start() throws IOException {
        return new LoadProcess(
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoadGenerator.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /// Returns when it is over.
    public Seen run(Load load) throws IOException {
        loads.write(JSON.writeValueAsString(load));
        loads.write('\n');
        loads.flush();
        String line = seen.readLine();
        if (line == null) {
            throw new IOException("the load's process ended");
        }
        return JSON.readValue(line, Seen.class);
    }

    @Override
    public void close() throws IOException {
        loads.close();
        process.onExit().join();
    }
}
