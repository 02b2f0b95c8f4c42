package io.ringfence.embedded.postgres;

import io.ringfence.embedded.process.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database's process, with the server itself as its child. Ends the server with SIGTERM, and
/// ends when the server does. If it is killed, the server ends itself where the system can arrange
/// for that; otherwise the next start ends it.
public final class PostgresServer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final int BETWEEN_ATTEMPTS_MS = 50;

    private PostgresServer() {}

    /// @param arguments the properties file, see the package
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: PostgresServer <properties file>");
            System.exit(2);
        }
        try {
            System.exit(run(PostgresSettings.of(Settings.read(Path.of(arguments[0])))));
        } catch (Exception e) {
            LOG.error("PostgreSQL cannot start: {}", e.toString(), e);
            System.exit(1);
        }
    }

    /// This thread stays until the server ends: the server is bound to its life.
    private static int run(PostgresSettings settings)
            throws IOException, InterruptedException, SQLException {
        settings.ready().clear();
        Files.createDirectories(settings.folder());
        PostgresBinaries binaries = PostgresBinaries.unpack(settings.binaries());
        PostgresCluster cluster = new PostgresCluster(settings, binaries);
        cluster.ensureMade();
        cluster.free();
        Process server =
                new ProcessBuilder(Unprivileged.bound(command(settings, binaries)))
                        .inheritIO()
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, settings)));
        awaitConnections(server, settings);
        new Schemas(settings).ensure();
        settings.ready().set();
        LOG.info("PostgreSQL is ready on 127.0.0.1:{}", settings.port());
        return server.waitFor();
    }

    private static List<String> command(PostgresSettings settings, PostgresBinaries binaries) {
        return List.of(
                binaries.program("postgres"),
                "-D",
                settings.cluster().toString(),
                "-p",
                Integer.toString(settings.port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200",
                "-c",
                "shared_buffers=64MB",
                "-c",
                // A page anywhere on a solid-state disk costs about as much as the next one.
                "random_page_cost=1.1",
                "-c",
                "log_min_messages=warning",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC");
    }

    private static void awaitConnections(Process server, PostgresSettings settings)
            throws InterruptedException, SQLException {
        Schemas schemas = new Schemas(settings);
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try (Connection connection = schemas.connect(DatabaseRole.SUPERUSER)) {
                return;
            } catch (SQLException notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
            }
            if (server.waitFor(BETWEEN_ATTEMPTS_MS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("PostgreSQL ended with code " + server.exitValue());
            }
        }
    }

    private static void stop(Process server, PostgresSettings settings) {
        settings.ready().clear();
        try {
            if (server.isAlive()) {
                PostgresSignal.FAST_SHUTDOWN.send(server.pid());
            }
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                PostgresSignal.IMMEDIATE_SHUTDOWN.send(server.pid());
            }
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
