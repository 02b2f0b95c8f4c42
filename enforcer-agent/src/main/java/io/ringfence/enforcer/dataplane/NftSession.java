package io.ringfence.enforcer.dataplane;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An `nft` that stays and is told one transaction after the other, in the network namespace of the
/// thread that opened it: its start and its end take ten times as long as a transaction. It ends
/// with this process, however that ends. For one thread at a time.
///
/// What it is told is read from a file, so that a transaction may have any length; and the end of
/// its answer is known by a word that it cannot understand, since it says nothing when all is well.
final class NftSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COMPLAINT = "Error: syntax error";

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final Path script;
    private int told;

    private NftSession(Process process, Path script) {
        this.process = process;
        this.script = script;
        this.commands =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @throws IOException if this `nft` cannot be talked to
    static NftSession open(String command) throws IOException {
        Path script = Files.createTempFile("ringfence-", ".nft");
        ProcessBuilder builder = new ProcessBuilder(command, "-i").redirectErrorStream(true);
        // It would write down there what it was told.
        builder.environment().put("HOME", "/nonexistent");
        NftSession session = null;
        try {
            session = new NftSession(builder.start(), script);
            List<String> greeting = session.answer();
            if (!greeting.isEmpty()) {
                throw new IOException("nft said " + greeting);
            }
            return session;
        } catch (IOException failed) {
            if (session == null) {
                Files.deleteIfExists(script);
            } else {
                session.close();
            }
            throw failed;
        }
    }

    /// Applies a script as one transaction.
    ///
    /// @throws IOException if it ended without an answer: the transaction may have been applied
    Nft.Answer apply(String text) throws IOException {
        Files.writeString(script, text);
        commands.write("include \"" + script + "\"\n");
        List<String> said = answer();
        return new Nft.Answer(said.isEmpty() ? 0 : 1, String.join("\n", said));
    }

    int told() {
        return told;
    }

    /// What it has said up to now.
    private List<String> answer() throws IOException {
        String end = "end-of-" + ++told;
        commands.write(end + "\n");
        commands.flush();
        CompletableFuture<Void> watch = new CompletableFuture<>();
        var unused =
                watch.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(late -> {
                            process.destroyForcibly();
                            return null;
                        });
        try {
            return readUpTo(end);
        } finally {
            watch.complete(null);
        }
    }

    private List<String> readUpTo(String end) throws IOException {
        List<String> said = new ArrayList<>();
        for (@Nullable String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(end)) {
                answers.readLine();
                if (!said.isEmpty() && said.getLast().startsWith(COMPLAINT)) {
                    said.removeLast();
                }
                return said;
            }
            said.add(line);
        }
        throw new IOException("nft ended without an answer: " + String.join(" ", said));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Files.deleteIfExists(script);
        } catch (IOException left) {
            script.toFile().deleteOnExit();
        }
    }
}
