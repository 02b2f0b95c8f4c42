package io.ringfence.embedded.kafka;

import io.ringfence.embedded.process.Settings;
import io.ringfence.trust.certificate.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/// The broker's log folder. It is formatted aside and then renamed, so that an interrupted start
/// leaves either a whole one or none.
final class BrokerStorage {
    private final KafkaSettings settings;

    BrokerStorage(KafkaSettings settings) {
        this.settings = settings;
    }

    void ensureFormatted() throws IOException {
        Files.createDirectories(settings.folder());
        if (Files.exists(settings.log())) {
            return;
        }
        Path aside = settings.folder().resolve("log.new");
        remove(aside);
        Path configuration = settings.folder().resolve("format.properties");
        Pem.writeSecret(configuration, text(BrokerProperties.of(settings, aside)));
        format(configuration);
        Files.delete(configuration);
        Files.move(aside, settings.log());
    }

    private static void format(Path configuration) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--cluster-id",
                            Uuid.randomUuid().toString(),
                            "--config",
                            configuration.toString()
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IllegalStateException(
                    "Kafka's storage cannot be formatted: "
                            + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static String text(Properties properties) {
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
        return new Settings(values).toText();
    }

    private static void remove(Path folder) throws IOException {
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
