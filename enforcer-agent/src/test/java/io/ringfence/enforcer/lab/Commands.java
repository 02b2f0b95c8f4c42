package io.ringfence.enforcer.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a command in the network namespace of the calling thread.
public final class Commands {
    private Commands() {}

    public static String run(String commandLine) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(commandLine.split(" ")))
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(commandLine + ": " + output);
        }
        return output;
    }
}
