package io.ringfence.trust.signature;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/// Who computes signatures: BoringSSL, by way of Conscrypt, on machines for which that has a native
/// library, the JDK elsewhere. Both make and accept the same signatures (ADR 28).
final class Algorithm {
    private static final String NAME = "SHA256withECDSA";

    private Algorithm() {}

    static Signature instance() throws NoSuchAlgorithmException {
        Provider provider = Native.PROVIDER;
        return provider == null
                ? Signature.getInstance(NAME)
                : Signature.getInstance(NAME, provider);
    }

    /// Loaded with the first signature, not with the process.
    private static final class Native {
        static final @Nullable Provider PROVIDER =
                Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

        private Native() {}
    }
}
