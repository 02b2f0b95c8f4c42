package io.ringfence.testkit.installation;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the project lies, seen from a module's tests.
public final class ProjectFolder {
    private ProjectFolder() {}

    /// Class path of the embedded servers: their module's jar and its libraries.
    static String embeddedClassPath() {
        Path target = root().resolve("embedded/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(
                    target.resolve("lib")
                            + " is missing; run: mvn -pl contracts,trust,embedded package"
                            + " -DskipTests");
        }
        return target + "/*:" + target.resolve("lib") + "/*";
    }

    /// Unpacked database programs, shared by all test runs.
    static Path postgresBinaries() {
        return root().resolve("embedded/target/postgres-binaries");
    }

    /// The module whose tests run.
    static Path module() {
        return Path.of("").toAbsolutePath();
    }

    public static Path root() {
        for (Path folder = module(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("embedded/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("tests run inside the project's folder");
    }
}
