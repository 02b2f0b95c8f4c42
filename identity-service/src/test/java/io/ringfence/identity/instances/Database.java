package io.ringfence.identity.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The service's schema, as one who may do with it what the service may.
final class Database {
    private Database() {}

    /// The first column of what the query finds.
    static List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    static void update(String sql, String parameter) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            assertThat(statement.executeUpdate()).as(sql).isPositive();
        }
    }

    private static Connection connect() throws SQLException {
        Map<String, String> keys =
                TestInstallation.get().configurationOf(Principal.IDENTITY_SERVICE);
        return DriverManager.getConnection(
                keys.get("quarkus.datasource.jdbc.url"),
                keys.get("quarkus.datasource.username"),
                keys.get("quarkus.datasource.password"));
    }
}
