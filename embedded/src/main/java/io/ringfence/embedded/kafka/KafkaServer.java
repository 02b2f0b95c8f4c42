package io.ringfence.embedded.kafka;

import io.ringfence.embedded.process.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker's process. Ends with SIGTERM, after it has closed its logs; may be killed at any
/// moment, and then checks its logs at the next start.
public final class KafkaServer {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Kafka fetches keys only from addresses named here.
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private KafkaServer() {}

    /// @param arguments the properties file, see the package
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: KafkaServer <properties file>");
            System.exit(2);
        }
        try {
            run(KafkaSettings.of(Settings.read(Path.of(arguments[0]))));
        } catch (Throwable e) {
            LOG.error("Kafka cannot start: {}", e.toString(), e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(KafkaSettings settings)
            throws IOException, ExecutionException, InterruptedException {
        settings.ready().clear();
        System.setProperty(ALLOWED_URLS, settings.jwks());
        new BrokerStorage(settings).ensureFormatted();
        KafkaRaftServer server =
                new KafkaRaftServer(
                        new KafkaConfig(BrokerProperties.of(settings, settings.log())),
                        Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, settings)));
        server.startup();
        ensureTables(settings);
        settings.ready().set();
        LOG.info("Kafka is ready on {}", settings.internalAddress());
        server.awaitShutdown();
    }

    private static void ensureTables(KafkaSettings settings)
            throws ExecutionException, InterruptedException {
        Properties admin = BrokerProperties.admin(settings);
        admin.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        try (Admin client = Admin.create(admin)) {
            new TopicTable(settings.partitions()).ensure(client);
            AccessTable.ensure(client);
        }
    }

    private static void stop(KafkaRaftServer server, KafkaSettings settings) {
        settings.ready().clear();
        server.shutdown();
    }
}
