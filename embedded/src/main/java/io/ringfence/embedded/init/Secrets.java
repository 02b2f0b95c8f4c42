package io.ringfence.embedded.init;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Random ids and passwords.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// Lower case.
    static String hexadecimal(int digits) {
        byte[] bytes = new byte[digits / 2];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
