package io.ringfence.enforcer.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `ENFORCERD_…=value` lines, as in 5.0 (`reference/api.md` §2): `#` comments, an optional
/// `export`, optional quotes around the value. A variable of the same name in the environment wins.
final class Settings {
    static final String PREFIX = "ENFORCERD_";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    static Settings read(Path file, Map<String, String> environment)
            throws IOException, InvalidConfiguration {
        try {
            return parse(Files.readString(file), environment);
        } catch (NoSuchFileException absent) {
            throw new InvalidConfiguration("there is no configuration file " + file);
        }
    }

    static Settings parse(String text, Map<String, String> environment)
            throws InvalidConfiguration {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            String assignment =
                    stripped.startsWith("export ") ? stripped.substring(7).strip() : stripped;
            int equals = assignment.indexOf('=');
            if (equals < 1 || !assignment.startsWith(PREFIX)) {
                throw new InvalidConfiguration(
                        "line " + number + " is not of the form " + PREFIX + "NAME=value");
            }
            values.put(
                    assignment.substring(0, equals).strip(),
                    unquoted(assignment.substring(equals + 1).strip()));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                values.put(name, value);
            }
        });
        return new Settings(values);
    }

    /// Empty when absent or blank.
    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(PREFIX + name)).filter(value -> !value.isBlank());
    }

    String required(String name) throws InvalidConfiguration {
        return optional(name)
                .orElseThrow(() -> new InvalidConfiguration(PREFIX + name + " is not set"));
    }

    private static String unquoted(String value) {
        boolean isQuoted =
                value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
