package io.ringfence.trust.certificate;

import java.util.Optional;
import java.util.regex.Pattern;

/// A process of the console: `CN=<process>` and nothing else.
public record ProcessSubject(String process) implements CertificateSubject {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public ProcessSubject {
        if (!NAME.matcher(process).matches()) {
            throw new IllegalArgumentException(
                    "a process is named with lower case letters, digits and dashes: " + process);
        }
    }

    static Optional<CertificateSubject> parse(String commonName) {
        return NAME.matcher(commonName).matches()
                ? Optional.of(new ProcessSubject(commonName))
                : Optional.empty();
    }

    @Override
    public String commonName() {
        return process;
    }

    @Override
    public String organization() {
        return "";
    }
}
