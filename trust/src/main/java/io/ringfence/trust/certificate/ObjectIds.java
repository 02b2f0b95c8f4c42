package io.ringfence.trust.certificate;

import java.util.regex.Pattern;

/// The form of an object's id: 24 hexadecimal digits, lower case.
final class ObjectIds {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

    private ObjectIds() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
