package io.ringfence.identity.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals private keys, so that who has the database alone can sign nothing: AES-256-GCM under a key
/// derived (HKDF-SHA256, RFC 5869) from the installation's key file. Bound to the key's id, so a
/// sealed key cannot be moved to another row.
final class KeySeal {
    private static final byte[] PURPOSE =
            "ringfence token signing keys v1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;

    /// The length GCM is made for (NIST SP 800-38D §8.2).
    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    KeySeal(PrivateKey fileKey) {
        try {
            key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "AES",
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(fileKey.getEncoded())
                                            .thenExpand(PURPOSE, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }

    /// Base64 of nonce, ciphertext and tag.
    String seal(String keyId, PrivateKey secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, keyId).doFinal(secret.getEncoded());
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(nonce.length + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot seal keys", e);
        }
    }

    /// @throws IllegalArgumentException if it was not sealed with this file's key for this id
    PrivateKey open(String keyId, String text) {
        byte[] all = Base64.getDecoder().decode(text);
        if (all.length <= NONCE_BYTES) {
            throw new IllegalArgumentException("not a sealed key");
        }
        byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
        try {
            byte[] encoded =
                    cipher(Cipher.DECRYPT_MODE, nonce, keyId)
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("sealed with another key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String keyId) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(keyId.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
