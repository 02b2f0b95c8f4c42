package io.ringfence.protocol.behaviour;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Ids of objects: 24 hexadecimal digits, as clients of the 5.0 API expect; 4 bytes of seconds and
/// 8 random ones, so they cannot be guessed and sort roughly by age.
public final class ObjectId {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ObjectId() {}

    public static String fresh() {
        HexFormat hex = HexFormat.of();
        int seconds = (int) (System.currentTimeMillis() / 1000);
        return hex.toHexDigits(seconds) + hex.toHexDigits(RANDOM.nextLong());
    }

    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }
}
