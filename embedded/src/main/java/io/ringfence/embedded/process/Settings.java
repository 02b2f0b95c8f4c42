package io.ringfence.embedded.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The settings of one process, read from a properties file.
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public static Settings read(Path file) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the settings in " + file, e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, text(properties, key)));
        return new Settings(values);
    }

    public String text(String key) {
        String value = values.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "the setting " + key + " is missing; give it a value");
        }
        return value;
    }

    public int number(String key) {
        String value = text(key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the setting " + key + " must be a whole number, not " + value, e);
        }
    }

    public Path path(String key) {
        return Path.of(text(key));
    }

    /// As text of a properties file, sorted by key.
    public String toText() {
        StringWriter text = new StringWriter();
        new TreeMap<>(values).forEach((key, value) -> text.write(key + "=" + escape(value) + "\n"));
        return text.toString();
    }

    private static String text(Properties properties, String key) {
        return String.valueOf(properties.getProperty(key));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\");
    }
}
