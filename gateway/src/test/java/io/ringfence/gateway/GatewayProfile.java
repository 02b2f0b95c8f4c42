package io.ringfence.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Less patience than in production, so that tests about patience are short.
public final class GatewayProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("ringfence.gateway.answer-within", "2s");
    }
}
