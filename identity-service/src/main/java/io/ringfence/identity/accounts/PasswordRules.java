package io.ringfence.identity.accounts;

import java.util.Locale;
import java.util.Optional;

/// What a new password must be like: long, and not the account's name. No rules about kinds of
/// characters (NIST SP 800-63B §3.1.1.2).
final class PasswordRules {
    static final int SHORTEST = 12;

    /// Bounds what a hash is computed of.
    static final int LONGEST = 256;

    private static final int FEWEST_DIFFERENT = 5;

    private PasswordRules() {}

    /// What is wrong with it, as the end of a sentence that begins with the attribute.
    static Optional<String> problem(String password, String accountName) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("must have at least %d characters".formatted(SHORTEST));
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of(
                    "must have at least %d different characters".formatted(FEWEST_DIFFERENT));
        }
        String lowerCase = password.toLowerCase(Locale.ROOT);
        return accountName.length() >= 3 && lowerCase.contains(accountName.toLowerCase(Locale.ROOT))
                ? Optional.of("must not contain the account's name")
                : Optional.empty();
    }
}
