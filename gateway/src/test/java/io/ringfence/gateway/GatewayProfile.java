package io.ringfence.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Less patience and less memory than in production, so that tests about either are short.
public final class GatewayProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "ringfence.gateway.answer-within", "2s",
                "ringfence.gateway.body-within", "4s",
                "ringfence.gateway.events.memory", "256K",
                "ringfence.gateway.events.connections-per-caller", "5");
    }
}
