package io.ringfence.metrics.read;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What the rest of the service is given to read with.
@Singleton
class StoreBeans {
    @Produces
    @Singleton
    MetricsStore store(StoreConfig config) {
        return new MetricsStore(config.url());
    }

    @Produces
    @Singleton
    FlowReader flows(MetricsStore store) {
        return new FlowReader(store);
    }

    void close(@Disposes MetricsStore store) {
        store.close();
    }
}
