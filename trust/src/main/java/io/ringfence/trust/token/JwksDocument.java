package io.ringfence.trust.token;

import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/// A set of public token keys (RFC 7517) by their ids. Keys that are not EC P-256 for ES256 are
/// left out.
public record JwksDocument(Map<String, ECPublicKey> keys) implements JwksSource {
    private static final String CURVE = "P-256";

    public JwksDocument {
        keys = Map.copyOf(keys);
    }

    public static JwksDocument of(ECPublicKey key) {
        return new JwksDocument(Map.of(keyId(key), key));
    }

    /// The id of a key is its thumbprint (RFC 7638), so that it need not be kept anywhere.
    public static String keyId(ECPublicKey key) {
        return new EllipticCurveJsonWebKey(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    public static JwksDocument parse(String json) {
        try {
            Map<String, ECPublicKey> keys = new LinkedHashMap<>();
            for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
                if (key instanceof EllipticCurveJsonWebKey ec
                        && key.getKeyId() != null
                        && CURVE.equals(ec.getCurveName())) {
                    keys.put(key.getKeyId(), ec.getECPublicKey());
                }
            }
            return new JwksDocument(keys);
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a JSON web key set", e);
        }
    }

    @Override
    public Optional<ECPublicKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    public String toJson() {
        JsonWebKeySet set = new JsonWebKeySet();
        keys.forEach((id, key) -> set.addJsonWebKey(toJwk(id, key)));
        return set.toJson();
    }

    private static JsonWebKey toJwk(String id, ECPublicKey key) {
        EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(key);
        jwk.setKeyId(id);
        jwk.setUse(Use.SIGNATURE);
        jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        return jwk;
    }
}
