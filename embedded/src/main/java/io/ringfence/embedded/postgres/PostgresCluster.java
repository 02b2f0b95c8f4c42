package io.ringfence.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with the data: made when it is missing, and freed of a server that outlived the
/// process which had started it.
final class PostgresCluster {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final int STOP_SECONDS = 20;
    private static final int BETWEEN_LOOKS_MS = 20;

    private final PostgresSettings settings;
    private final PostgresBinaries binaries;

    PostgresCluster(PostgresSettings settings, PostgresBinaries binaries) {
        this.settings = settings;
        this.binaries = binaries;
    }

    /// Made aside and then renamed.
    void ensureMade() throws IOException, InterruptedException {
        if (Files.exists(settings.cluster())) {
            return;
        }
        Path aside = settings.folder().resolve("cluster.new");
        Leftovers.removeWhole(aside);
        Path password =
                Files.createTempFile(
                        settings.folder(),
                        "initdb",
                        null,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, settings.password(DatabaseRole.SUPERUSER));
            initdb(aside, password);
        } finally {
            Files.delete(password);
        }
        Files.move(aside, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initdb(Path folder, Path password) throws IOException, InterruptedException {
        Process initdb =
                new ProcessBuilder(
                                Unprivileged.command(
                                        List.of(
                                                binaries.program("initdb"),
                                                "--pgdata=" + folder,
                                                "--username=" + DatabaseRole.SUPERUSER,
                                                "--pwfile=" + password,
                                                "--auth=scram-sha-256",
                                                "--encoding=UTF8",
                                                "--locale-provider=builtin",
                                                "--builtin-locale=C.UTF-8",
                                                "--locale=C")))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new IllegalStateException("initdb failed: " + said);
        }
    }

    /// Ends a server of this folder that still runs, and takes a stale lock away.
    void free() throws IOException, InterruptedException {
        Path lock = settings.cluster().resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        Optional<ProcessHandle> orphan =
                Files.readAllLines(lock).stream()
                        .findFirst()
                        .map(String::strip)
                        .filter(pid -> pid.matches("[0-9]{1,10}"))
                        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                        .filter(this::servesThisFolder);
        if (orphan.isPresent()) {
            LOG.warn("Ending PostgreSQL {}, which an earlier start left", orphan.get().pid());
            PostgresSignal.FAST_SHUTDOWN.send(orphan.get().pid());
            if (!ended(orphan.get(), STOP_SECONDS)) {
                PostgresSignal.IMMEDIATE_SHUTDOWN.send(orphan.get().pid());
                ended(orphan.get(), STOP_SECONDS);
            }
        }
        Files.deleteIfExists(lock);
    }

    private boolean servesThisFolder(ProcessHandle process) {
        try {
            String command =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return List.of(command.split("\0")).contains(settings.cluster().toString());
        } catch (IOException gone) {
            return false;
        }
    }

    /// A server nobody has reaped yet has ended: its command line is gone.
    private boolean ended(ProcessHandle process, int seconds) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(seconds);
        while (servesThisFolder(process)) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
        }
        return true;
    }
}
