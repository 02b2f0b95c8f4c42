package io.ringfence.policy.clearing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.policy.namespaces.NamespaceListener;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/// Clears only what is gone at the end of what was there: a namespace that was deleted and made
/// again is there. What fails is tried the next time; several instances do the same work twice,
/// which harms nobody.
@ApplicationScoped
class NamespaceClearing implements NamespaceListener {
    private static final Logger LOG = Logger.getLogger(NamespaceClearing.class);

    private final NamespaceObjects objects;
    private final Counter cleared;
    private final GoneNamespaces gone = new GoneNamespaces();

    NamespaceClearing(NamespaceObjects objects, MeterRegistry meters) {
        this.objects = objects;
        this.cleared = meters.counter("ringfence.policy.cleared.objects");
    }

    @Override
    public void announced(String id, JsonObject namespace) {
        gone.announced(id, namespace.getString("name"));
    }

    @Override
    public void deleted(String id) {
        gone.deleted(id);
    }

    @Override
    public void upToDate() {
        gone.names().forEach(this::clear);
    }

    private void clear(String namespace) {
        try {
            int deleted = objects.delete(namespace);
            gone.cleared(namespace);
            if (deleted > 0) {
                cleared.increment(deleted);
                LOG.infof("Deleted %d objects of %s, which is gone", deleted, namespace);
            }
        } catch (Throwable failure) {
            LOG.warnf("%s is cleared later: %s", namespace, failure.getMessage());
        }
    }
}
