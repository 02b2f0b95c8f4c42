package io.ringfence.testkit.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The folder of one test JVM: `target/testkit/run-<pid>`. Beside the installation it holds a file
/// `<pid>.server` for each process that was started. The next test run takes it away.
record TestRun(Path folder) {
    private static final String PREFIX = "run-";
    private static final String SERVER = ".server";

    /// A new folder for this JVM, after sweeping those of JVMs that are gone.
    static TestRun begin() {
        Path all = ProjectFolder.module().resolve("target/testkit");
        try {
            Files.createDirectories(all);
            sweep(all);
            return new TestRun(
                    Files.createDirectory(all.resolve(PREFIX + ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    void started(long pid) throws IOException {
        Files.createFile(folder.resolve(pid + SERVER));
    }

    private static void sweep(Path all) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(all, PREFIX + "*")) {
            for (Path run : runs) {
                long pid = number(run.getFileName().toString().substring(PREFIX.length()));
                if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty()) {
                    endServers(run);
                    remove(run);
                }
            }
        }
    }

    private static void endServers(Path run) throws IOException {
        try (DirectoryStream<Path> servers = Files.newDirectoryStream(run, "*" + SERVER)) {
            for (Path server : servers) {
                long pid = number(server.getFileName().toString().replace(SERVER, ""));
                ProcessHandle.of(pid)
                        .filter(process -> mentions(process, run))
                        .ifPresent(process -> {
                            process.destroyForcibly();
                            process.onExit().join();
                        });
            }
        }
    }

    /// A process id may belong to somebody else by now.
    private static boolean mentions(ProcessHandle process, Path run) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains(run.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    }
}
