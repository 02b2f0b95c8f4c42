package io.ringfence.embedded.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that an interrupted start left. Those younger than ten minutes may be somebody's work in
/// progress and stay.
final class Leftovers {
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private Leftovers() {}

    static void remove(Path parent, String prefix) throws IOException {
        Instant old = Instant.now().minus(YOUNG);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : found) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                    removeWhole(folder);
                }
            }
        }
    }

    static void removeWhole(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
