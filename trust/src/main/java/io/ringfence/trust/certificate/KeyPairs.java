package io.ringfence.trust.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;

/// Every key of the console is EC P-256.
public final class KeyPairs {
    private static final String CURVE = "secp256r1";
    private static final int FIELD_BITS = 256;

    private KeyPairs() {}

    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make EC P-256 keys", e);
        }
    }

    /// The public half of a private key, so that only the private one has to be kept.
    public static ECPublicKey publicKeyOf(PrivateKey key) {
        if (!(key instanceof ECPrivateKey ec)) {
            throw new IllegalArgumentException("not an EC key");
        }
        ECPoint point =
                ECNamedCurveTable.getParameterSpec(CURVE).getG().multiply(ec.getS()).normalize();
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new ECPublicKeySpec(
                                            new java.security.spec.ECPoint(
                                                    point.getAffineXCoord().toBigInteger(),
                                                    point.getAffineYCoord().toBigInteger()),
                                            ec.getParams()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an EC P-256 key", e);
        }
    }

    /// The JDK knows no other curve of that size than P-256.
    static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == FIELD_BITS;
    }
}
