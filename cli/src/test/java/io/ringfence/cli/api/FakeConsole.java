package io.ringfence.cli.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringfence.cli.UserError;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/// An API on loopback with answers of the test's choice: what commands ask of it, and what they
/// print meanwhile.
final class FakeConsole implements AutoCloseable {
    record Call(String method, String target, String namespace, String body) {}

    private final List<Call> calls = new ArrayList<>();
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final HttpServer server;
    private final Path authority;
    private final Function<Call, String> answers;

    FakeConsole(Path folder, Function<Call, String> answers) throws IOException {
        this.answers = answers;
        this.authority = folder.resolve("ca.pem");
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Pem.write(
                authority,
                Pem.of(CertificateAuthority.create("test", Clock.systemUTC()).certificate()));
        server.createContext("/", this::answer);
        server.start();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /// Answers the exit code.
    int run(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--api",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--token",
                        "t",
                        "--api-cacert",
                        authority.toString()));
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(FakeConsole::explain)
                .execute(all.toArray(String[]::new));
    }

    /// As the whole command does.
    private static int explain(Exception problem, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (problem instanceof UserError error) {
            line.getErr().println(error.getMessage());
            return error.exitCode();
        }
        throw problem;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call =
                new Call(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("X-Namespace"),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(call);
        byte[] bytes = answers.apply(call).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    List<Call> calls() {
        return calls;
    }

    byte[] printed() {
        return printed.toByteArray();
    }

    String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(before);
        server.stop(0);
    }
}
