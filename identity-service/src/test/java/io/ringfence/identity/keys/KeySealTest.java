package io.ringfence.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trust.certificate.KeyPairs;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeySealTest {
    private final PrivateKey file = KeyPairs.generate().getPrivate();
    private final PrivateKey secret = KeyPairs.generate().getPrivate();
    private final KeySeal seal = new KeySeal(file);

    @Test
    void opensWhatItSealed() {
        String sealed = seal.seal("a", secret);
        assertThat(new KeySeal(file).open("a", sealed)).isEqualTo(secret);
        assertThat(sealed)
                .isNotEqualTo(seal.seal("a", secret))
                .doesNotContain(Base64.getEncoder().encodeToString(secret.getEncoded()));
    }

    @Test
    void opensNothingWithAnotherFileUnderAnotherIdOrChanged() {
        String sealed = seal.seal("a", secret);
        byte[] changed = Base64.getDecoder().decode(sealed);
        changed[changed.length - 1] ^= 1;
        refuses(new KeySeal(KeyPairs.generate().getPrivate()), "a", sealed);
        refuses(seal, "b", sealed);
        refuses(seal, "a", Base64.getEncoder().encodeToString(changed));
        refuses(seal, "a", "AAAA");
    }

    private static void refuses(KeySeal seal, String keyId, String sealed) {
        assertThatThrownBy(() -> seal.open(keyId, sealed))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
