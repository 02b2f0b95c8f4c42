package io.ringfence.bench.stack;

import io.ringfence.bench.measure.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One hop, in plain HTTP, to an endpoint that says hello.
public final class BareEndpoint implements AutoCloseable {
    private final BareProcess process;
    private final int port;

    private BareEndpoint(BareProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static BareEndpoint start(Path home, int port) throws IOException {
        return new BareEndpoint(
                BareProcess.start(home, List.of("quarkus.http.port=" + port)), port);
    }

    public String url() {
        return "http://127.0.0.1:%d/hello".formatted(port);
    }

    public Map<String, ProcessTree> processes() {
        return Map.of("bare", process.tree());
    }

    @Override
    public void close() {
        process.close();
    }
}
