package io.ringfence.trust.assertion;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.token.Restrictions;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Writes assertions with the gateway's key. They live for 60 seconds.
public final class AssertionSigner {
    static final String TYPE = "ringfence-assertion";
    static final Duration LIFE = Duration.ofSeconds(60);

    private final PrivateKey gatewayKey;
    private final Clock clock;

    public AssertionSigner(PrivateKey gatewayKey, Clock clock) {
        this.gatewayKey = gatewayKey;
        this.clock = clock;
    }

    public String sign(Assertion assertion) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setHeader("typ", TYPE);
        jws.setPayload(claims(assertion).toJson());
        jws.setKey(gatewayKey);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the gateway's key cannot sign", e);
        }
    }

    private JwtClaims claims(Assertion assertion) {
        NumericDate now = NumericDate.fromMilliseconds(clock.millis());
        JwtClaims claims = new JwtClaims();
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + LIFE.toSeconds()));
        claims.setClaim(Claim.METHOD, assertion.method());
        claims.setClaim(Claim.PATH, assertion.path());
        claims.setClaim(Claim.NAMESPACE, assertion.namespace());
        claims.setClaim(AssertionClaim.CALLER, caller(assertion.caller()));
        claims.setClaim(AssertionClaim.PERMISSIONS, assertion.permissions());
        if (!assertion.elsewhere().isEmpty()) {
            claims.setClaim(AssertionClaim.ELSEWHERE, assertion.elsewhere());
        }
        String fingerprint = assertion.clientCertificateFingerprint();
        if (fingerprint != null) {
            claims.setClaim(Claim.CLIENT_CERTIFICATE, fingerprint);
        }
        return claims;
    }

    private static Map<String, Object> caller(AssertedCaller caller) {
        Restrictions restrictions = caller.restrictions();
        return Map.of(
                AssertionClaim.SUBJECT, caller.subject(),
                Claim.REALM, caller.realm(),
                AssertionClaim.TAGS, caller.tags(),
                AssertionClaim.TOKEN_ID, caller.tokenId(),
                Claim.ANCESTORS, caller.ancestors(),
                Claim.QUOTA, caller.quota(),
                Claim.RESTRICTIONS,
                        Map.of(
                                "namespace", restrictions.namespace(),
                                "perms", restrictions.perms(),
                                "networks", restrictions.networks()));
    }
}
