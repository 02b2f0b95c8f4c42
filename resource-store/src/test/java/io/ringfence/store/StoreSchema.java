package io.ringfence.store;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/// The store's tables in a real PostgreSQL, without a service around them; in a schema that no
/// service test uses.
public final class StoreSchema {
    private StoreSchema() {}

    public static Connection connect() throws SQLException {
        Map<String, String> keys =
                TestInstallation.get().configurationOf(Principal.IDENTITY_SERVICE);
        Connection connection =
                DriverManager.getConnection(
                        keys.get("quarkus.datasource.jdbc.url"),
                        keys.get("quarkus.datasource.username"),
                        keys.get("quarkus.datasource.password"));
        try (Statement statement = connection.createStatement();
                ResultSet objects = statement.executeQuery("select to_regclass('object')")) {
            if (objects.next() && objects.getString(1) == null) {
                statement.execute(migration("V1__objects_and_outbox.sql"));
                statement.execute(migration("V2__answers.sql"));
                statement.execute(migration("V3__object_changes.sql"));
            }
        }
        return connection;
    }

    private static String migration(String name) {
        try (InputStream file =
                Objects.requireNonNull(
                        StoreSchema.class.getResourceAsStream("/db/migration/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
