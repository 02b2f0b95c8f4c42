package io.ringfence.embedded.postgres;

import io.ringfence.embedded.process.ReadyMark;
import io.ringfence.embedded.process.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a database server has to be told.
public record PostgresSettings(
        Path folder, Path binaries, int port, Path passwordFile, Path readyMark) {
    private static final String FOLDER = "postgres.folder";
    private static final String BINARIES = "postgres.binaries";
    private static final String PORT = "postgres.port";
    private static final String PASSWORDS = "postgres.passwords";
    private static final String READY = "postgres.ready";

    static PostgresSettings of(Settings settings) {
        return new PostgresSettings(
                settings.path(FOLDER),
                settings.path(BINARIES),
                settings.number(PORT),
                settings.path(PASSWORDS),
                settings.path(READY));
    }

    public Map<String, String> toProperties() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(FOLDER, folder.toString());
        keys.put(BINARIES, binaries.toString());
        keys.put(PORT, Integer.toString(port));
        keys.put(PASSWORDS, passwordFile.toString());
        keys.put(READY, readyMark.toString());
        return keys;
    }

    ReadyMark ready() {
        return new ReadyMark(readyMark);
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    String password(String role) {
        return Settings.read(passwordFile).text(role);
    }
}
