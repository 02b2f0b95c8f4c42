package io.ringfence.trust.assertion;

import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// What assertions and tickets have in common: one type, one algorithm whatever the text itself
/// says, and an end.
final class Statements {
    private static final int LEEWAY_SECONDS = 5;

    private Statements() {}

    static JwtConsumerBuilder consumer(Clock clock, String type, String algorithm, Key key) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                .setExpectedType(true, type)
                .setVerificationKey(key)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
    }

    static Instant lastMoment(JwtClaims claims) throws MalformedClaimException {
        return Instant.ofEpochSecond(claims.getExpirationTime().getValue() + LEEWAY_SECONDS);
    }
}
