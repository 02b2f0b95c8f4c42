package io.ringfence.gateway.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The feed of each tenant somebody asked for or something was heard of.
@ApplicationScoped
class DirectoryFeeds {
    private final Map<String, TenantFeed> feeds = new ConcurrentHashMap<>();

    TenantFeed of(String tenant) {
        return feeds.computeIfAbsent(tenant, unheard -> new TenantFeed());
    }

    /// Changes may have been missed.
    void forget() {
        feeds.values().forEach(TenantFeed::forget);
    }
}
