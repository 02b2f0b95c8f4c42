package io.ringfence.embedded.init;

import static io.ringfence.contracts.topic.Principal.FLOW_INGEST_SERVICE;
import static io.ringfence.contracts.topic.Principal.GATEWAY;
import static io.ringfence.contracts.topic.Principal.IDENTITY_SERVICE;
import static io.ringfence.contracts.topic.Principal.METRICS_SERVICE;
import static io.ringfence.contracts.topic.Principal.POLICY_SERVICE;

import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.jwks.JwksEndpoint;
import io.ringfence.embedded.kafka.KafkaSettings;
import io.ringfence.embedded.postgres.DatabaseRole;
import io.ringfence.embedded.postgres.PostgresSettings;
import io.ringfence.embedded.process.Settings;
import io.ringfence.trust.certificate.Pem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each process is told about this installation, and nothing that its own defaults say
/// already. The files hold passwords, so only their owner may read them.
public final class ServiceConfiguration {
    private static final List<Principal> SERVICES =
            List.of(
                    IDENTITY_SERVICE,
                    POLICY_SERVICE,
                    FLOW_INGEST_SERVICE,
                    METRICS_SERVICE,
                    GATEWAY);
    private static final String LOOPBACK = "127.0.0.1";

    private ServiceConfiguration() {}

    /// `<data>/config/<process>.properties` for each service, `kafka` and `postgres`.
    static void write(Installation installation) {
        for (Principal service : SERVICES) {
            write(installation, service.commonName(), of(installation, service));
        }
        write(installation, "kafka", kafka(installation).toProperties());
        write(installation, "postgres", postgres(installation).toProperties());
    }

    /// The configuration of one service; also what a test of that service runs with.
    public static Map<String, String> of(Installation installation, Principal service) {
        Map<String, String> keys = new LinkedHashMap<>();
        common(keys, installation, service);
        switch (service) {
            case IDENTITY_SERVICE -> {
                https(keys, installation, service);
                database(keys, installation, DatabaseRole.IDENTITY);
                DataFolder folder = installation.folder();
                keys.put("ringfence.identity.token-key", folder.tokenKey().toString());
                keys.put("ringfence.identity.jwks-file", folder.jwks().toString());
                keys.put("ringfence.identity.authority-key", folder.authorityKey().toString());
                keys.put(
                        "ringfence.identity.bootstrap-credential-id",
                        installation.administratorId());
                keys.put(
                        "ringfence.identity.bootstrap-credential-fingerprint",
                        installation.administratorFingerprint());
                keys.put(
                        "ringfence.identity.api-url",
                        "https://%s:%d"
                                .formatted(
                                        installation.advertised().getFirst(),
                                        installation.ports().apiTls()));
            }
            case POLICY_SERVICE -> {
                https(keys, installation, service);
                database(keys, installation, DatabaseRole.POLICY);
                keys.put(
                        "ringfence.policy.console-addresses",
                        String.join(",", installation.advertised()));
            }
            case FLOW_INGEST_SERVICE -> victoriaMetrics(keys, installation);
            case METRICS_SERVICE -> {
                https(keys, installation, service);
                victoriaMetrics(keys, installation);
            }
            case GATEWAY -> gateway(keys, installation);
            case ENFORCER ->
                    throw new IllegalArgumentException("enforcers are configured on their hosts");
        }
        return keys;
    }

    public static KafkaSettings kafka(Installation installation) {
        Ports ports = installation.ports();
        return new KafkaSettings(
                installation.folder().kafka(),
                installation.folder().pki(),
                ports.kafkaInternal(),
                ports.kafkaEnforcers(),
                ports.kafkaController(),
                installation.advertised().getFirst(),
                jwks(ports),
                Partitioning.SINGLE_MACHINE,
                installation.folder().readyMark("kafka"));
    }

    public static PostgresSettings postgres(Installation installation) {
        return new PostgresSettings(
                installation.folder().postgres(),
                installation.folder().postgres().resolve("binaries"),
                installation.ports().postgres(),
                installation.folder().postgresPasswords(),
                installation.folder().readyMark("postgres"));
    }

    private static void common(
            Map<String, String> keys, Installation installation, Principal service) {
        DataFolder folder = installation.folder();
        String name = service.commonName();
        keys.put("ringfence.console-id", installation.consoleId());
        keys.put("ringfence.trust.authority", folder.authority().toString());
        keys.put("ringfence.trust.certificate", folder.certificate(name).toString());
        keys.put("ringfence.trust.key", folder.key(name).toString());
        keys.put("quarkus.management.port", text(installation.ports().management(service)));
        // A TLS configuration without a key: management would take the default one's certificate.
        keys.put("quarkus.management.tls-configuration-name", "plain");
        keys.put("quarkus.tls.plain.handshake-timeout", "10S");
        keys.put("kafka.bootstrap.servers", LOOPBACK + ":" + installation.ports().kafkaInternal());
        keys.put("kafka.security.protocol", "SSL");
        keys.put("kafka.ssl.keystore.type", "PEM");
        keys.put("kafka.ssl.keystore.location", folder.keystore(name).toString());
        keys.put("kafka.ssl.truststore.type", "PEM");
        keys.put("kafka.ssl.truststore.location", folder.authority().toString());
        keys.put("quarkus.tls.key-store.pem.0.cert", folder.certificate(name).toString());
        keys.put("quarkus.tls.key-store.pem.0.key", folder.key(name).toString());
        keys.put("quarkus.tls.trust-store.pem.certs", folder.authority().toString());
    }

    private static void https(
            Map<String, String> keys, Installation installation, Principal service) {
        keys.put("quarkus.http.host", LOOPBACK);
        keys.put("quarkus.http.ssl-port", text(installation.ports().service(service)));
        keys.put("quarkus.http.insecure-requests", "disabled");
        keys.put("quarkus.http.ssl.client-auth", "required");
    }

    private static void database(
            Map<String, String> keys, Installation installation, DatabaseRole role) {
        String address = LOOPBACK + ":" + installation.ports().postgres() + "/ringfence";
        keys.put("quarkus.datasource.reactive.url", "postgresql://" + address);
        keys.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://" + address);
        keys.put("quarkus.datasource.username", role.roleName());
        keys.put(
                "quarkus.datasource.password",
                String.valueOf(installation.postgresPasswords().get(role.roleName())));
    }

    private static void victoriaMetrics(Map<String, String> keys, Installation installation) {
        keys.put(
                "ringfence.victoria-metrics.url",
                "http://" + LOOPBACK + ":" + installation.ports().victoriaMetrics());
    }

    private static void gateway(Map<String, String> keys, Installation installation) {
        Ports ports = installation.ports();
        keys.put("quarkus.http.port", text(ports.api()));
        keys.put("quarkus.http.ssl-port", text(ports.apiTls()));
        String prefix = "ringfence.gateway.services.";
        keys.put(prefix + "identity", url(ports, IDENTITY_SERVICE));
        keys.put(prefix + "policy", url(ports, POLICY_SERVICE));
        keys.put(prefix + "metrics", url(ports, METRICS_SERVICE));
        keys.put("ringfence.gateway.jwks-url", jwks(ports));
    }

    private static String url(Ports ports, Principal service) {
        return "https://" + LOOPBACK + ":" + ports.service(service);
    }

    private static String jwks(Ports ports) {
        return "http://" + LOOPBACK + ":" + ports.jwks() + JwksEndpoint.PATH;
    }

    private static void write(Installation installation, String process, Map<String, String> keys) {
        Pem.writeSecret(installation.folder().config(process), new Settings(keys).toText());
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
