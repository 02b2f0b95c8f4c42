package io.ringfence.cli.process;

import io.ringfence.cli.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the built parts lie. The `ringfence` script says so with the system property
/// `ringfence.home`.
public record ProjectHome(Path path) {
    public static ProjectHome find() {
        String home = System.getProperty("ringfence.home");
        if (home == null) {
            throw new UserError(
                    "The system property ringfence.home is not set; start the command through the ./ringfence script.");
        }
        return new ProjectHome(Path.of(home));
    }

    /// Class path of a plain module: its jar and the jars beside it.
    public String classPath(String module) {
        Path target = path.resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new UserError(
                    module
                            + " is not built; run ./ringfence through its script, which builds what is missing.");
        }
        return target.resolve("*") + ":" + target.resolve("lib") + "/*";
    }

    /// The runner of a Quarkus service.
    public Path service(String module) {
        Path runner = path.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(runner)) {
            throw new UserError(
                    module
                            + " is not built; run ./ringfence through its script, which builds what is missing.");
        }
        return runner;
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
