package io.ringfence.embedded.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The database `ringfence`, and in it a role and a schema for each service. A role sees no other's
/// schema, and finds its own without naming it.
final class Schemas {
    static final String DATABASE = "ringfence";

    private final PostgresSettings settings;

    Schemas(PostgresSettings settings) {
        this.settings = settings;
    }

    void ensure() throws SQLException {
        try (Connection connection = connect(DatabaseRole.SUPERUSER)) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                execute(connection, "CREATE DATABASE " + DATABASE);
            }
        }
        try (Connection connection = connect(DATABASE)) {
            execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (DatabaseRole role : DatabaseRole.values()) {
                ensure(connection, role.roleName());
            }
        }
    }

    private void ensure(Connection connection, String role) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            execute(connection, "CREATE ROLE " + role + " LOGIN");
        }
        execute(
                connection,
                "ALTER ROLE " + role + " PASSWORD '" + quoted(settings.password(role)) + "'");
        execute(
                connection,
                "ALTER ROLE " + role + " IN DATABASE " + DATABASE + " SET search_path = " + role);
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + role + " AUTHORIZATION " + role);
    }

    /// Fails while the server is not there yet.
    Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", DatabaseRole.SUPERUSER);
        properties.setProperty("password", settings.password(DatabaseRole.SUPERUSER));
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + database, properties);
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
