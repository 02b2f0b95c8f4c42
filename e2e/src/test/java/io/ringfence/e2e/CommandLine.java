package io.ringfence.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs and keeps what they said.
final class CommandLine {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private CommandLine() {}

    record Result(int exitCode, String output, String error) {
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + output + "\n" + error);
            }
            return this;
        }
    }

    static Result ringfence(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("ringfence").toString()));
        command.addAll(arguments);
        return run(command);
    }

    static Result run(List<String> command) {
        try {
            Path output = Files.createTempFile("e2e", ".out");
            Path error = Files.createTempFile("e2e", ".err");
            Process process =
                    new ProcessBuilder(command)
                            .directory(HOME.toFile())
                            .redirectInput(new java.io.File("/dev/null"))
                            .redirectOutput(output.toFile())
                            .redirectError(error.toFile())
                            .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Takes longer than five minutes: " + command);
            }
            Result result =
                    new Result(
                            process.exitValue(),
                            Files.readString(output, StandardCharsets.UTF_8),
                            Files.readString(error, StandardCharsets.UTF_8));
            Files.delete(output);
            Files.delete(error);
            return result;
        } catch (IOException cannotRun) {
            throw new UncheckedIOException(cannotRun);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
