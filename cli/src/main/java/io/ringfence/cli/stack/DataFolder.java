package io.ringfence.cli.stack;

import io.ringfence.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one folder a stack's state lies in, and the names inside it.
public record DataFolder(Path path) {
    public static DataFolder of(Path path) {
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    /// Makes the folder where it is missing, and checks that it can be written.
    public void prepare() {
        try {
            Files.createDirectories(logs());
            Files.createDirectories(hosts());
            Path probe = Files.createTempFile(path, "write", ".probe");
            Files.delete(probe);
        } catch (IOException unwritable) {
            throw new UserError(
                    "The data folder "
                            + path
                            + " cannot be written ("
                            + unwritable
                            + "); choose another with --data-dir.");
        }
    }

    public Path stackFile() {
        return path.resolve("stack.json");
    }

    public Path lockFile() {
        return path.resolve("up.lock");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path authority() {
        return path.resolve("pki/ca.pem");
    }

    public Path administratorCredential() {
        return path.resolve("credentials/administrator.json");
    }

    public Path configuration(String service) {
        return path.resolve("config").resolve(service + ".properties");
    }

    public Path hosts() {
        return path.resolve("hosts");
    }

    public Path host(String name) {
        return hosts().resolve(name);
    }

    public Path caches() {
        return path.resolve("cache");
    }
}
