package io.ringfence.trust.token;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.token.TokenCheck.Invalid;
import io.ringfence.trust.token.TokenCheck.Valid;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/// Reads tokens of this console for one audience. The algorithm is ES256 whatever the token says,
/// the key is looked up by its id, and clocks may differ by 60 seconds.
public final class TokenVerifier {
    private static final int LEEWAY_SECONDS = 60;
    private static final int MAX_CHARACTERS = 16_384;
    private static final String NOT_YET_VALID = "the token is not valid yet";

    private final JwksSource keys;
    private final String audience;
    private final Clock clock;

    public TokenVerifier(JwksSource keys, String audience, Clock clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    public TokenCheck verify(String jwt) {
        if (jwt.length() > MAX_CHARACTERS) {
            return new Invalid("the token is longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            TokenClaims claims = read(consumer().processToClaims(jwt));
            return claims.issuedAt().isAfter(clock.instant().plusSeconds(LEEWAY_SECONDS))
                    ? new Invalid(NOT_YET_VALID)
                    : new Valid(claims);
        } catch (InvalidJwtException e) {
            return new Invalid(reason(e));
        } catch (MalformedClaimException | IllegalArgumentException e) {
            return new Invalid("the token lacks what a token of this console has");
        }
    }

    /// Of the key that a token says it was made with; nothing is verified by that.
    public static Optional<String> keyId(String jwt) {
        try {
            return Optional.ofNullable(
                    JsonWebStructure.fromCompactSerialization(jwt).getKeyIdHeaderValue());
        } catch (JoseException e) {
            return Optional.empty();
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(
                                ConstraintType.PERMIT,
                                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setVerificationKeyResolver(this::keyOf)
                .setExpectedIssuer(Claim.ISSUER)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    private Key keyOf(JsonWebSignature jws, List<JsonWebStructure> nesting)
            throws UnresolvableKeyException {
        String keyId = jws.getKeyIdHeaderValue();
        if (keyId == null) {
            throw new UnresolvableKeyException("no key id");
        }
        return keys.key(keyId).orElseThrow(() -> new UnresolvableKeyException("unknown key id"));
    }

    private static TokenClaims read(JwtClaims jwt) throws MalformedClaimException {
        return new TokenClaims(
                jwt.getJwtId(),
                jwt.getSubject(),
                ClaimReader.text(jwt.getClaimValue(Claim.REALM)),
                ClaimReader.texts(jwt.getClaimValue(Claim.DATA)),
                ClaimReader.restrictions(jwt.getClaimValue(Claim.RESTRICTIONS)),
                ClaimReader.count(jwt.getClaimValue(Claim.QUOTA)),
                java.util.Set.copyOf(jwt.getAudience()),
                Instant.ofEpochSecond(jwt.getIssuedAt().getValue()),
                Instant.ofEpochSecond(jwt.getExpirationTime().getValue()),
                ClaimReader.texts(jwt.getClaimValue(Claim.OPAQUE)),
                ClaimReader.list(jwt.getClaimValue(Claim.ANCESTORS)));
    }

    private static String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return NOT_YET_VALID;
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
                || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another audience";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID)
                || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is from another issuer";
        }
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return "the token's signature is wrong";
        }
        return "the token cannot be verified";
    }
}
