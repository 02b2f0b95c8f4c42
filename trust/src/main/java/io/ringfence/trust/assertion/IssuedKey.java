package io.ringfence.trust.assertion;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// A key of the gateway's for assertions to one service, and the ticket that introduces it there.
final class IssuedKey {
    static final String TICKET_TYPE = "ringfence-key-ticket";
    static final Duration USED_FOR = Duration.ofMinutes(5);
    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final String ticket;
    private final Instant usedUntil;

    private IssuedKey(SecretKey key, String ticket, Instant usedUntil) {
        this.key = key;
        this.ticket = ticket;
        this.usedUntil = usedUntil;
    }

    static IssuedKey make(PrivateKey gatewayKey, String service, Instant now) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new IssuedKey(
                new HmacKey(bytes), ticket(gatewayKey, service, now, bytes), now.plus(USED_FOR));
    }

    SecretKey key() {
        return key;
    }

    String ticket() {
        return ticket;
    }

    boolean isUsable(Instant now) {
        return now.isBefore(usedUntil);
    }

    /// Outlives the last assertion that is made with the key.
    private static String ticket(PrivateKey signing, String service, Instant now, byte[] key) {
        JwtClaims claims = new JwtClaims();
        claims.setAudience(service);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(
                        now.plus(USED_FOR).plus(AssertionSigner.LIFE).getEpochSecond() + 1));
        claims.setClaim(
                AssertionClaim.KEY, Base64.getUrlEncoder().withoutPadding().encodeToString(key));
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setHeader("typ", TICKET_TYPE);
        jws.setPayload(claims.toJson());
        jws.setKey(signing);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the gateway's key cannot sign", e);
        }
    }
}
