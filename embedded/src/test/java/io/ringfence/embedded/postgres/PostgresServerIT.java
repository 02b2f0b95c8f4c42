package io.ringfence.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringfence.embedded.EmbeddedServers;
import io.ringfence.embedded.init.Installation;
import io.ringfence.embedded.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir private static Path folder;

    private static Installation installation;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        installation = EmbeddedServers.install(folder);
        Path binaries = installation.folder().postgres().resolve("binaries");
        Files.createDirectories(binaries.resolve("unpacking-interrupted/bin"));
        server = EmbeddedServers.postgres(installation);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void keepsWhatWasCommittedWhenEverythingIsKilled() throws Exception {
        keep("killed");
        long postmaster = postmaster();
        kill(postmaster);
        server.kill();

        server = EmbeddedServers.postgres(installation);

        assertThat(kept("killed")).isTrue();
    }

    @Test
    void endsAServerThatOutlivedItsParent() throws Exception {
        keep("orphaned");
        long orphan = postmaster();
        server.kill();

        server = EmbeddedServers.postgres(installation);

        assertThat(postmaster()).isNotEqualTo(orphan);
        assertThat(runs(orphan)).isFalse();
        assertThat(kept("orphaned")).isTrue();
    }

    @Test
    void givesEachServiceItsOwnSchemaAndNoOther() throws Exception {
        try (Connection identity = connect("identity");
                Statement statement = identity.createStatement()) {
            statement.execute("CREATE TABLE secret (id int)");
        }
        try (Connection policy = connect("policy");
                Statement statement = policy.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT current_schema()")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("policy");
            }
            assertThatThrownBy(() -> statement.execute("SELECT * FROM identity.secret"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("CREATE TABLE public.x (id int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect("identity", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void leavesNothingRunningWhenToldToEnd() throws Exception {
        long postmaster = postmaster();

        server.close();

        await().atMost(Duration.ofSeconds(10)).until(() -> !runs(postmaster));
        assertThat(installation.folder().readyMark("postgres")).doesNotExist();

        server = EmbeddedServers.postgres(installation);
    }

    private static void keep(String table) throws SQLException {
        try (Connection connection = connect("identity");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " AS SELECT 42 AS answer");
        }
    }

    private static boolean kept(String table) throws SQLException {
        try (Connection connection = connect("identity");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT answer FROM " + table)) {
            return row.next() && row.getInt(1) == 42;
        }
    }

    private static Connection connect(String role) throws SQLException {
        return connect(role, String.valueOf(installation.postgresPasswords().get(role)));
    }

    private static Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + installation.ports().postgres() + "/ringfence",
                role,
                password);
    }

    private static long postmaster() throws Exception {
        return Long.parseLong(
                Files.readAllLines(
                                installation.folder().postgres().resolve("cluster/postmaster.pid"))
                        .getFirst()
                        .strip());
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /// A process that has ended stays visible until its parent, or the system's first process,
    /// looks after it. It does not run any more.
    private static boolean runs(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
