package io.ringfence.policy.retagging;

import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.policy.namespaces.NamespaceListener;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.query.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/// Hears which namespaces have other `@org:` tags than before, and has their objects tagged anew
/// once everything has been heard. What fails is tried again.
@ApplicationScoped
class Retagging implements NamespaceListener {
    private static final Logger LOG = Logger.getLogger(Retagging.class);

    private final Transactions transactions;
    private final InheritedTags inherited;
    private final Map<String, JsonArray> known = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    Retagging(Transactions transactions, InheritedTags inherited) {
        this.transactions = transactions;
        this.inherited = inherited;
    }

    @Override
    public void announced(String id, JsonObject namespace) {
        JsonArray tags = namespace.getJsonArray("organizationalMetadata", new JsonArray());
        JsonArray before = known.put(id, tags);
        if (!tags.equals(before == null ? new JsonArray() : before)) {
            changed.add(namespace.getString("name"));
        }
    }

    @Override
    public void deleted(String id) {
        known.remove(id);
    }

    @Override
    public void upToDate() {
        for (String namespace : List.copyOf(changed)) {
            boolean comesWithAnother =
                    changed.stream().anyMatch(other -> Scope.isBelow(namespace, other));
            if (comesWithAnother || isDone(namespace)) {
                changed.remove(namespace);
            }
        }
    }

    private boolean isDone(String namespace) {
        try {
            int count =
                    VertxContextSupport.subscribeAndAwait(() ->
                            transactions.run(
                                    transaction -> inherited.renew(namespace, transaction)));
            if (count > 0) {
                LOG.infof("%d objects in and below %s were tagged anew", count, namespace);
            }
            return true;
        } catch (Throwable failure) {
            LOG.warnf("%s is tagged anew later: %s", namespace, failure.getMessage());
            return false;
        }
    }
}
