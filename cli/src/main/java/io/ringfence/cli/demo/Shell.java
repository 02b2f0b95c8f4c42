package io.ringfence.cli.demo;

import io.ringfence.cli.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the system's network programs.
final class Shell {
    private Shell() {}

    record Result(int exitCode, String output) {}

    static Result run(String... command) {
        return run(List.of(command));
    }

    static Result run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException cannotRun) {
            throw new UserError("Cannot run " + command.getFirst() + ": " + cannotRun.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted.");
        }
    }

    /// The program must succeed.
    static void must(String... command) {
        Result result = run(command);
        if (result.exitCode() != 0) {
            throw new UserError(
                    "'" + String.join(" ", command) + "' failed: " + result.output().strip());
        }
    }
}
