package io.ringfence.store.announced;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/// Announces what was stored before its resource had a topic. Readers of a topic know nothing else
/// of an object, so without this it would be there and count for nothing until it is changed.
@ApplicationScoped
class LateAnnouncements {
    private static final Logger LOG = Logger.getLogger(LateAnnouncements.class);

    private final AgroalDataSource database;
    private final List<ResourceDeclaration> resources;

    LateAnnouncements(AgroalDataSource database, @All List<ResourceDeclaration> resources) {
        this.database = database;
        this.resources = resources;
    }

    /// Before anything is stored at this start: that is announced anyway.
    void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
        announce();
    }

    /// Answers how many objects were announced.
    int announce() throws SQLException {
        int count = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (ResourceDeclaration resource : resources) {
                if (resource.topic().isPresent()) {
                    count += announce(resource, resource.topic().get(), connection);
                }
            }
        }
        return count;
    }

    /// One transaction per resource: all of its objects or, if it is interrupted, none yet.
    private static int announce(ResourceDeclaration resource, Topic topic, Connection connection)
            throws SQLException {
        StoredStates states = new StoredStates(connection, resource, topic);
        int count = states.isAnnounced() ? 0 : states.announceAll();
        connection.commit();
        if (count > 0) {
            LOG.infof("Announced %d %s stored earlier", count, resource.plural());
        }
        return count;
    }
}
