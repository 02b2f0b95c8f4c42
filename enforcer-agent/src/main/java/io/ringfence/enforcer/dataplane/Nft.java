package io.ringfence.enforcer.dataplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Runs the `nft` command in the network namespace of the calling thread. A process of its own
/// keeps the memory of a big transaction out of ours.
final class Nft {
    private static final int QUOTED_OUTPUT = 600;

    /// The command is often outside the search path of a service.
    static final String COMMAND =
            Stream.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft")
                    .filter(path -> Files.isExecutable(Path.of(path)))
                    .findFirst()
                    .orElse("nft");

    record Answer(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }

        String reason() {
            return output.length() <= QUOTED_OUTPUT
                    ? output.strip()
                    : output.substring(0, QUOTED_OUTPUT).strip() + " …";
        }
    }

    private Nft() {}

    /// Applies a script as one transaction.
    static Answer apply(String script) throws DataplaneException {
        return run(script, List.of("-f", "-"));
    }

    static Answer list(String... arguments) throws DataplaneException {
        return run("", Stream.concat(Stream.of("-j"), Stream.of(arguments)).toList());
    }

    private static Answer run(String input, List<String> arguments) throws DataplaneException {
        try {
            Process process =
                    new ProcessBuilder(
                                    Stream.concat(Stream.of(COMMAND), arguments.stream()).toList())
                            .redirectErrorStream(true)
                            .start();
            try (OutputStream script = process.getOutputStream()) {
                script.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(process.waitFor(), text);
            }
        } catch (IOException failed) {
            throw new DataplaneException("cannot run nft; install the package nftables", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DataplaneException("interrupted while nft was running", interrupted);
        }
    }
}
