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
import org.jspecify.annotations.Nullable;

/// Writes assertions to one service. They live for 60 seconds. What the gateway's own key signs is
/// the ticket of a random key, made for this service and used for five minutes: a signature per
/// request would cost more than all the rest of it.
public final class AssertionSigner {
    static final String TYPE = "ringfence-assertion";
    static final Duration LIFE = Duration.ofSeconds(60);

    private final PrivateKey gatewayKey;
    private final String service;
    private final Clock clock;
    private volatile @Nullable IssuedKey current;

    /// @param service the common name of the service's certificate
    public AssertionSigner(PrivateKey gatewayKey, String service, Clock clock) {
        this.gatewayKey = gatewayKey;
        this.service = service;
        this.clock = clock;
    }

    public SealedAssertion sign(Assertion assertion) {
        IssuedKey issued = key();
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        jws.setHeader("typ", TYPE);
        jws.setPayload(claims(assertion).toJson());
        jws.setKey(issued.key());
        try {
            return new SealedAssertion(jws.getCompactSerialization(), issued.ticket());
        } catch (JoseException e) {
            throw new IllegalStateException("the assertion cannot be sealed", e);
        }
    }

    private IssuedKey key() {
        IssuedKey known = current;
        return known != null && known.isUsable(clock.instant()) ? known : nextKey();
    }

    private synchronized IssuedKey nextKey() {
        IssuedKey known = current;
        if (known != null && known.isUsable(clock.instant())) {
            return known;
        }
        IssuedKey next = IssuedKey.make(gatewayKey, service, clock.instant());
        current = next;
        return next;
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
