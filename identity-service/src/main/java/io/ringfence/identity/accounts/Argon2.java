package io.ringfence.identity.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id hashes (RFC 9106) in the usual form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, which says
/// how it was made, so that the parameters can rise without asking anybody for a new password.
final class Argon2 {
    /// OWASP Password Storage Cheat Sheet 2024: m=19 MiB, t=2, p=1 at least.
    static final int MEMORY_KIB = 19 * 1024;

    static final int PASSES = 2;
    static final int LANES = 1;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /// Bounds what a stored hash may make us compute.
    private static final int MOST_MEMORY_KIB = 64 * 1024;

    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Argon2() {}

    static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        LANES,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /// Takes as long for a wrong password as for a right one.
    static boolean verify(String password, String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches() || Integer.parseInt(form.group(1)) > MOST_MEMORY_KIB) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(form.group(5));
        byte[] actual =
                compute(
                        password,
                        Base64.getDecoder().decode(form.group(4)),
                        Integer.parseInt(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        Integer.parseInt(form.group(3)),
                        expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] compute(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
