package io.ringfence.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringfence.bench.measure.ProcessTree;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Short enough for every test run: that the measuring works, not what it measures.
class LoadGeneratorTest {
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes()));
                    boolean refused = exchange.getRequestURI().getPath().equals("/no");
                    exchange.sendResponseHeaders(refused ? 403 : 200, 2);
                    exchange.getResponseBody().write("ok".getBytes());
                    exchange.close();
                });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    @Test
    void countsWhatWasAnswered() throws Exception {
        Seen seen =
                LoadGenerator.run(
                        Load.post(url("/"), Map.of("X-Namespace", "/"), "{\"name\":\"n%d\"}")
                                .lasting(300));

        assertThat(seen.failed()).as(seen.firstFailure()).isZero();
        assertThat(seen.answered()).isEqualTo(bodies.size()).isPositive();
        assertThat(bodies)
                .doesNotHaveDuplicates()
                .allMatch(body -> body.matches("\\{\"name\":\"n\\d+\"}"));
        assertThat(seen.medianMicroseconds()).isLessThanOrEqualTo(seen.p99Microseconds());
    }

    @Test
    void countsRefusalsApart() throws Exception {
        Seen seen = LoadGenerator.run(Load.get(url("/no"), Map.of()).lasting(100));

        assertThat(seen.answered()).isZero();
        assertThat(seen.failed()).isPositive();
        assertThat(seen.firstFailure()).contains("403");
    }

    @Test
    void runsOneLoadAfterTheOther() throws Exception {
        try (LoadProcess generator = LoadProcess.start()) {
            Seen first = generator.run(Load.get(url("/"), Map.of()).lasting(100));
            Seen second = generator.run(Load.get(url("/no"), Map.of()).lasting(100));

            assertThat(first.failed()).as(first.firstFailure()).isZero();
            assertThat(first.answered()).isPositive();
            assertThat(second.answered()).isZero();
            assertThat(second.failed()).isPositive();
        }
    }

    @Test
    void knowsWhatAProcessUsed() {
        ProcessTree self = new ProcessTree(ProcessHandle.current().pid());
        double before = self.cpuSeconds();
        long sum = 0;
        while (self.cpuSeconds() - before < 0.05) {
            sum += System.nanoTime();
        }
        assertThat(sum).isNotZero();
        assertThat(self.cpuSeconds()).isGreaterThan(before);
    }
}
