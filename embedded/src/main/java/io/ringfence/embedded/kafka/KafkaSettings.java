package io.ringfence.embedded.kafka;

import io.ringfence.embedded.process.ReadyMark;
import io.ringfence.embedded.process.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a broker has to be told.
public record KafkaSettings(
        Path folder,
        Path pki,
        int internalPort,
        int enforcerPort,
        int controllerPort,
        String advertised,
        String jwks,
        int partitions,
        Path readyMark) {
    private static final String FOLDER = "kafka.folder";
    private static final String PKI = "kafka.pki";
    private static final String INTERNAL_PORT = "kafka.port.internal";
    private static final String ENFORCER_PORT = "kafka.port.enforcers";
    private static final String CONTROLLER_PORT = "kafka.port.controller";
    private static final String ADVERTISED = "kafka.advertise";
    private static final String JWKS = "kafka.jwks";
    private static final String PARTITIONS = "kafka.partitions";
    private static final String READY = "kafka.ready";

    static KafkaSettings of(Settings settings) {
        return new KafkaSettings(
                settings.path(FOLDER),
                settings.path(PKI),
                settings.number(INTERNAL_PORT),
                settings.number(ENFORCER_PORT),
                settings.number(CONTROLLER_PORT),
                settings.text(ADVERTISED),
                settings.text(JWKS),
                settings.number(PARTITIONS),
                settings.path(READY));
    }

    public Map<String, String> toProperties() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(FOLDER, folder.toString());
        keys.put(PKI, pki.toString());
        keys.put(INTERNAL_PORT, Integer.toString(internalPort));
        keys.put(ENFORCER_PORT, Integer.toString(enforcerPort));
        keys.put(CONTROLLER_PORT, Integer.toString(controllerPort));
        keys.put(ADVERTISED, advertised);
        keys.put(JWKS, jwks);
        keys.put(PARTITIONS, Integer.toString(partitions));
        keys.put(READY, readyMark.toString());
        return keys;
    }

    ReadyMark ready() {
        return new ReadyMark(readyMark);
    }

    Path log() {
        return folder.resolve("log");
    }

    Path authority() {
        return pki.resolve("ca.pem");
    }

    Path keystore() {
        return pki.resolve("kafka.keystore.pem");
    }

    String internalAddress() {
        return "127.0.0.1:" + internalPort;
    }
}
