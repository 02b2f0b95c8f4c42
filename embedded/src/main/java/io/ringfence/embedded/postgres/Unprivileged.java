package io.ringfence.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// PostgreSQL refuses to run as root. Where we are root it runs in a user namespace of its own, in
/// which nobody is mapped: it takes itself for nobody, and its files stay root's.
final class Unprivileged {
    private static final List<String> USER_NAMESPACE = List.of("unshare", "--user");

    private Unprivileged() {}

    static List<String> command(List<String> command) throws IOException, InterruptedException {
        if (!isRoot()) {
            return command;
        }
        if (!succeeds(Stream.concat(USER_NAMESPACE.stream(), Stream.of("true")).toList())) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root, and this system allows no user namespace"
                            + " (unshare --user); run as another user");
        }
        return Stream.concat(USER_NAMESPACE.stream(), command.stream()).toList();
    }

    /// The same, for a server that is to end with us, even if we are killed.
    static List<String> bound(List<String> command) throws IOException, InterruptedException {
        List<String> prefix =
                List.of("setpriv", "--pdeathsig", PostgresSignal.FAST_SHUTDOWN.signal());
        return succeeds(Stream.concat(prefix.stream(), Stream.of("true")).toList())
                ? command(Stream.concat(prefix.stream(), command.stream()).toList())
                : command(command);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
