package io.ringfence.policy.namespaces;

import io.vertx.core.json.JsonObject;

/// Hears of namespaces, one thing after the other on one thread. What was announced before the
/// service started is heard first, and again after trouble with Kafka.
public interface NamespaceListener {

    /// It was made or changed.
    void announced(String id, JsonObject namespace);

    void deleted(String id);

    /// Everything that was there has been heard; told again and again as time goes by.
    void upToDate();
}
