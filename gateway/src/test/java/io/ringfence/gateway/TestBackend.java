package io.ringfence.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.assertion.AssertionCheck;
import io.ringfence.trust.assertion.AssertionVerifier;
import io.ringfence.trust.assertion.SealedAssertion;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// Stands where a service stands: same port, same certificate, asks for the gateway's, checks the
/// assertion. Answers what it was told, or 200 with `[]`.
final class TestBackend implements AutoCloseable {
    /// A request as the service saw it. The assertion held for it.
    record Received(
            String method,
            String pathAndQuery,
            Map<String, List<String>> headers,
            byte[] body,
            Assertion assertion) {}

    record Answer(int status, byte[] body) {}

    private static final Answer SILENCE = new Answer(0, new byte[0]);

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> drops = new ConcurrentHashMap<>();
    private final AssertionVerifier verifier;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final HttpsServer server;

    private TestBackend(String service, HttpsServer server) {
        this.verifier = new AssertionVerifier(service, Clock.systemUTC());
        this.server = server;
    }

    static TestBackend standingFor(Principal service) {
        TestInstallation installation = TestInstallation.get();
        DataFolder folder = installation.installation().folder();
        String name = service.commonName();
        SSLContext tls =
                TlsContexts.of(folder.authority(), folder.certificate(name), folder.key(name));
        try {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(
                                    "127.0.0.1", installation.uriOf(service).getPort()),
                            0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(tls) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            SSLParameters needed = tls.getDefaultSSLParameters();
                            needed.setNeedClientAuth(true);
                            parameters.setSSLParameters(needed);
                        }
                    });
            TestBackend backend = new TestBackend(name, server);
            server.createContext("/", backend::handle);
            server.setExecutor(backend.threads);
            server.start();
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answering(String path, int status, byte[] body) {
        answers.put(path, new Answer(status, body));
    }

    /// Takes requests for this path and never answers them.
    void silentAt(String path) {
        answers.put(path, SILENCE);
    }

    /// Takes requests for this path and answers them only after the returned step is run.
    Runnable holdingAt(String path) {
        CountDownLatch released = new CountDownLatch(1);
        held.put(path, released);
        return released::countDown;
    }

    /// Breaks the connection instead of answering, so many times.
    void droppingAt(String path, int times) {
        drops.put(path, new AtomicInteger(times));
    }

    @Override
    public void close() {
        stopping.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        AssertionCheck check =
                verifier.verify(
                        new SealedAssertion(
                                header(exchange, Header.ASSERTION),
                                header(exchange, Header.KEY_TICKET)),
                        (X509Certificate)
                                ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0],
                        exchange.getRequestMethod(),
                        path,
                        exchange.getRequestHeaders().getFirst(Header.NAMESPACE));
        switch (check) {
            case AssertionCheck.Invalid(String reason) -> answer(exchange, 401, reason.getBytes());
            case AssertionCheck.Valid(Assertion assertion) -> {
                received.add(
                        new Received(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().toString(),
                                Map.copyOf(exchange.getRequestHeaders()),
                                body,
                                assertion));
                AtomicInteger left = drops.get(path);
                if (left != null && left.getAndDecrement() > 0) {
                    exchange.close();
                    return;
                }
                CountDownLatch released = held.get(path);
                if (released != null) {
                    await(released);
                }
                Answer answer = answers.getOrDefault(path, new Answer(200, "[]".getBytes()));
                if (answer == SILENCE) {
                    await(stopping);
                }
                exchange.getResponseHeaders().add("X-Ringfence-Internal", "for nobody outside");
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseHeaders().add(Header.COUNT_TOTAL, "7");
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                } else {
                    answer(exchange, answer.status(), answer.body());
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
