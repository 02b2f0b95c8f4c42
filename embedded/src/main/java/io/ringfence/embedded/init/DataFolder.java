package io.ringfence.embedded.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The names inside the one folder that holds an installation's state.
public record DataFolder(Path path) {
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path consoleId() {
        return path.resolve("console-id");
    }

    public Path pki() {
        return path.resolve("pki");
    }

    public Path authority() {
        return pki().resolve("ca.pem");
    }

    public Path authorityKey() {
        return pki().resolve("ca.key.pem");
    }

    public Path certificate(String process) {
        return pki().resolve(process + ".pem");
    }

    public Path key(String process) {
        return pki().resolve(process + ".key.pem");
    }

    /// Key, certificate and authority in one file: Kafka's form.
    public Path keystore(String process) {
        return pki().resolve(process + ".keystore.pem");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    public Path tokenKey() {
        return keys().resolve("token-signing.pem");
    }

    public Path jwks() {
        return keys().resolve("jwks.json");
    }

    /// Role to password.
    public Path postgresPasswords() {
        return keys().resolve("postgres.properties");
    }

    public Path credentials() {
        return path.resolve("credentials");
    }

    public Path administratorCredential() {
        return credentials().resolve("administrator.json");
    }

    public Path config() {
        return path.resolve("config");
    }

    public Path config(String process) {
        return config().resolve(process + ".properties");
    }

    /// There while the process is ready.
    public Path readyMark(String process) {
        return path.resolve("run").resolve(process + ".ready");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path victoriaMetrics() {
        return path.resolve("victoria-metrics");
    }

    /// Makes what is missing. Only the owner may look into the folders with secrets.
    void prepare() {
        try {
            Files.createDirectories(path);
            Files.createDirectories(logs());
            for (Path folder : new Path[] {pki(), keys(), credentials(), config()}) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + path + " cannot be written", e);
        }
    }
}
