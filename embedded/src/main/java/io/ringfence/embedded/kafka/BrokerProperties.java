package io.ringfence.embedded.kafka;

import io.ringfence.contracts.identity.Claim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/// Kafka's own configuration for our settings.
final class BrokerProperties {
    /// As long as an enforcer's token may live.
    private static final Duration REAUTHENTICATION = Duration.ofMinutes(5);

    private static final Duration KEYS_FRESH = Duration.ofMinutes(1);
    private static final String ENFORCER_LISTENER = "listener.name.enforcer.";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearer";

    private BrokerProperties() {}

    static Properties of(KafkaSettings settings, Path log) {
        Properties keys = new Properties();
        roles(keys, settings, log);
        listeners(keys, settings);
        tls(keys, settings);
        enforcers(keys, settings);
        authorization(keys);
        singleBroker(keys, settings);
        return keys;
    }

    /// For an admin client of the broker's own.
    static Properties admin(KafkaSettings settings) {
        Properties keys = new Properties();
        keys.put("bootstrap.servers", settings.internalAddress());
        keys.put("security.protocol", "SSL");
        tls(keys, settings);
        return keys;
    }

    private static void roles(Properties keys, KafkaSettings settings, Path log) {
        keys.put("process.roles", "broker,controller");
        keys.put("node.id", "1");
        keys.put("controller.quorum.voters", "1@127.0.0.1:" + settings.controllerPort());
        keys.put("log.dirs", log.toString());
    }

    private static void listeners(Properties keys, KafkaSettings settings) {
        String internal = "INTERNAL://127.0.0.1:" + settings.internalPort();
        keys.put(
                "listeners",
                internal
                        + ",ENFORCER://0.0.0.0:"
                        + settings.enforcerPort()
                        + ",CONTROLLER://127.0.0.1:"
                        + settings.controllerPort());
        keys.put(
                "advertised.listeners",
                internal
                        + ",ENFORCER://"
                        + bracketed(settings.advertised())
                        + ":"
                        + settings.enforcerPort());
        keys.put("listener.security.protocol.map", "INTERNAL:SSL,CONTROLLER:SSL,ENFORCER:SASL_SSL");
        keys.put("inter.broker.listener.name", "INTERNAL");
        keys.put("controller.listener.names", "CONTROLLER");
    }

    /// The first rule takes names of processes and nothing else. Whoever shows another certificate
    /// of ours goes by its full subject, for which there is no access rule.
    private static void tls(Properties keys, KafkaSettings settings) {
        keys.put("ssl.keystore.type", "PEM");
        keys.put("ssl.keystore.location", settings.keystore().toString());
        keys.put("ssl.truststore.type", "PEM");
        keys.put("ssl.truststore.location", settings.authority().toString());
        keys.put("ssl.enabled.protocols", "TLSv1.3");
        keys.put("ssl.protocol", "TLSv1.3");
        keys.put("ssl.client.auth", "required");
        keys.put("ssl.principal.mapping.rules", "RULE:^CN=([a-z0-9-]+)$/$1/,DEFAULT");
    }

    private static void enforcers(Properties keys, KafkaSettings settings) {
        keys.put(ENFORCER_LISTENER + "ssl.client.auth", "none");
        keys.put(ENFORCER_LISTENER + "sasl.enabled.mechanisms", "OAUTHBEARER");
        keys.put(
                ENFORCER_LISTENER + "principal.builder.class",
                EnforcerPrincipalBuilder.class.getName());
        String mechanism = ENFORCER_LISTENER + "oauthbearer.";
        keys.put(mechanism + "sasl.jaas.config", OAUTH + "LoginModule required;");
        keys.put(
                mechanism + "sasl.server.callback.handler.class",
                OAUTH + "ValidatorCallbackHandler");
        keys.put(mechanism + "sasl.oauthbearer.jwks.endpoint.url", settings.jwks());
        keys.put(
                mechanism + "sasl.oauthbearer.jwks.endpoint.refresh.ms",
                Long.toString(KEYS_FRESH.toMillis()));
        keys.put(mechanism + "sasl.oauthbearer.expected.audience", Claim.KAFKA_AUDIENCE);
        keys.put(mechanism + "sasl.oauthbearer.expected.issuer", Claim.ISSUER);
        keys.put(
                mechanism + "connections.max.reauth.ms",
                Long.toString(REAUTHENTICATION.toMillis()));
    }

    private static void authorization(Properties keys) {
        keys.put(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        keys.put("super.users", "User:kafka;User:launcher");
        keys.put("allow.everyone.if.no.acl.found", "false");
        keys.put("auto.create.topics.enable", "false");
    }

    private static void singleBroker(Properties keys, KafkaSettings settings) {
        keys.put("num.partitions", Integer.toString(settings.partitions()));
        keys.put("default.replication.factor", "1");
        keys.put("offsets.topic.replication.factor", "1");
        keys.put("offsets.topic.num.partitions", "4");
        keys.put("transaction.state.log.replication.factor", "1");
        keys.put("transaction.state.log.min.isr", "1");
        keys.put("transaction.state.log.num.partitions", "4");
        keys.put("share.coordinator.state.topic.replication.factor", "1");
        keys.put("share.coordinator.state.topic.min.isr", "1");
        keys.put("group.initial.rebalance.delay.ms", "0");
        keys.put("log.cleaner.dedupe.buffer.size", "16777216");
        keys.put("log.index.size.max.bytes", "1048576");
        keys.put("num.network.threads", "2");
        keys.put("num.io.threads", "4");
        keys.put("background.threads", "4");
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
