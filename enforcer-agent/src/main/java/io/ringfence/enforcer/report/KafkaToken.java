package io.ringfence.enforcer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;

/// Our own token as Kafka's client wants it. Nothing is verified here: the broker does that.
///
/// @param value the JWT
record KafkaToken(String value, String principalName, Long startTimeMs, long lifetimeMs)
        implements OAuthBearerToken {
    private static final ObjectMapper JSON = new ObjectMapper();

    static KafkaToken parse(String jwt) throws IOException {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            throw new IOException("the console's token is not a JWT");
        }
        JsonNode claims;
        try {
            claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            throw new IOException("the console's token is not a JWT", e);
        }
        return new KafkaToken(
                jwt,
                claims.path("sub").asText(),
                claims.path("iat").asLong() * 1_000,
                claims.path("exp").asLong() * 1_000);
    }

    @Override
    public Set<String> scope() {
        return Set.of();
    }

    /// Never shows the token.
    @Override
    public String toString() {
        return "KafkaToken[" + principalName + " until " + lifetimeMs + "]";
    }
}
