package io.ringfence.trust.token;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.certificate.KeyPairs;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Writes tokens: JWT, ES256, with the key's id.
public final class TokenSigner {
    private final PrivateKey key;
    private final String keyId;
    private final Clock clock;

    public TokenSigner(PrivateKey key, String keyId, Clock clock) {
        this.key = key;
        this.keyId = keyId;
        this.clock = clock;
    }

    /// Signs under the id that [JwksDocument] gives the key.
    public static TokenSigner of(PrivateKey key, Clock clock) {
        return new TokenSigner(key, JwksDocument.keyId(KeyPairs.publicKeyOf(key)), clock);
    }

    public String sign(TokenClaims claims) {
        if (!claims.expiresAt().isAfter(clock.instant())) {
            throw new IllegalArgumentException("a token must not be expired when it is signed");
        }
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setKeyIdHeaderValue(keyId);
        jws.setHeader("typ", "JWT");
        jws.setPayload(toJwt(claims).toJson());
        jws.setKey(key);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the token key cannot sign", e);
        }
    }

    private static JwtClaims toJwt(TokenClaims claims) {
        JwtClaims jwt = new JwtClaims();
        jwt.setIssuer(Claim.ISSUER);
        jwt.setAudience(List.copyOf(claims.audience()));
        jwt.setJwtId(claims.tokenId());
        jwt.setSubject(claims.subject());
        jwt.setIssuedAt(seconds(claims.issuedAt()));
        jwt.setExpirationTime(seconds(claims.expiresAt()));
        jwt.setClaim(Claim.REALM, claims.realm());
        jwt.setClaim(Claim.DATA, claims.data());
        if (claims.quota() > 0) {
            jwt.setClaim(Claim.QUOTA, claims.quota());
        }
        if (!claims.restrictions().equals(Restrictions.NONE)) {
            jwt.setClaim(Claim.RESTRICTIONS, toJson(claims.restrictions()));
        }
        if (!claims.opaque().isEmpty()) {
            jwt.setClaim(Claim.OPAQUE, claims.opaque());
        }
        if (!claims.ancestors().isEmpty()) {
            jwt.setClaim(Claim.ANCESTORS, claims.ancestors());
        }
        return jwt;
    }

    private static Map<String, Object> toJson(Restrictions restrictions) {
        return Map.of(
                "namespace", restrictions.namespace(),
                "perms", restrictions.perms(),
                "networks", restrictions.networks());
    }

    private static NumericDate seconds(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}
