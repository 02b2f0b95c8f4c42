package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.dataplane.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;

/// What `enforcer.conf` says. Names and defaults are 5.0's where 5.0 has them.
///
/// @param namespace ENFORCERD_NAMESPACE, of the enforcer and its processing units
/// @param api ENFORCERD_API, `https://host:port` of the gateway
/// @param workingFolder ENFORCERD_WORKING_DIR
/// @param name ENFORCERD_NAME, by default the host's name
/// @param machineId ENFORCERD_MACHINE_ID, by default /etc/machine-id
/// @param tags ENFORCERD_TAGS, `key=value` separated by spaces or commas
/// @param tokenFile ENFORCERD_TOKEN_FILE, the bootstrap token; needed until enrolled
/// @param authorityFile ENFORCERD_AUTHORITY, the console's root certificate, pinned
/// @param kafka ENFORCERD_KAFKA, host:port of the enforcers' listener
/// @param flowWindow ENFORCERD_FLOW_WINDOW, 1s to 1m, by default 10s; the window that is open when
///   the enforcer stops is reported at once, and ingest takes nothing from far ahead
/// @param keyLimit ENFORCERD_FLOW_KEYS, keys of one window, by default 20000
/// @param spoolBytes ENFORCERD_SPOOL_BYTES, by default 64 MiB
/// @param dnsGrace ENFORCERD_DNS_GRACE, 0s to 24h, by default 1m: how long an address stays a
///   name's beyond the time to live of the answer that gave it
/// @param failSafeSsh ENFORCERD_FAIL_SAFE_SSH, networks whose SSH no policy closes
/// @param jsonLog ENFORCERD_LOG_FORMAT is `json` (default) rather than `text`
/// @param logLevel ENFORCERD_LOG_LEVEL: error, warn, info (default), debug, trace
record Configuration(
        String namespace,
        URI api,
        Path workingFolder,
        String name,
        String machineId,
        List<String> tags,
        Path tokenFile,
        Path authorityFile,
        HostPort kafka,
        Duration flowWindow,
        int keyLimit,
        long spoolBytes,
        Duration dnsGrace,
        List<Cidr> failSafeSsh,
        boolean jsonLog,
        Level logLevel) {

    static final Duration DEFAULT_FLOW_WINDOW = Duration.ofSeconds(10);
    static final int DEFAULT_KEY_LIMIT = 20_000;
    static final long DEFAULT_SPOOL_BYTES = 64L << 20;
    static final Duration DEFAULT_DNS_GRACE = Duration.ofMinutes(1);
    private static final String DEFAULT_WORKING_FOLDER = "/var/lib/ringfence-enforcer";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    static Configuration read(Path file, Map<String, String> environment)
            throws IOException, InvalidConfiguration {
        return of(Settings.read(file, environment));
    }

    static Configuration of(Settings settings) throws IOException, InvalidConfiguration {
        Path workingFolder =
                Path.of(settings.optional("WORKING_DIR").orElse(DEFAULT_WORKING_FOLDER));
        String name = settings.optional("NAME").orElseGet(Configuration::hostName);
        return new Configuration(
                namespace(settings),
                api(settings),
                workingFolder,
                name,
                settings.optional("MACHINE_ID").orElseGet(() -> machineId(name)),
                tags(settings),
                Path.of(
                        settings.optional("TOKEN_FILE")
                                .orElse(workingFolder.resolve("token").toString())),
                Path.of(settings.required("AUTHORITY")),
                HostPort.parse(Settings.PREFIX + "KAFKA", settings.required("KAFKA")),
                flowWindow(settings),
                (int) number(settings, "FLOW_KEYS", DEFAULT_KEY_LIMIT, 100, 1_000_000),
                number(settings, "SPOOL_BYTES", DEFAULT_SPOOL_BYTES, 1 << 20, 1L << 40),
                dnsGrace(settings),
                failSafeSsh(settings),
                logFormat(settings),
                logLevel(settings));
    }

    private static String namespace(Settings settings) throws InvalidConfiguration {
        String namespace = settings.required("NAMESPACE");
        if (!namespace.startsWith("/")) {
            throw new InvalidConfiguration(
                    "ENFORCERD_NAMESPACE must begin with /, as in /acme/shop: " + namespace);
        }
        return namespace;
    }

    private static URI api(Settings settings) throws InvalidConfiguration {
        String text = settings.required("API");
        try {
            URI api = URI.create(text);
            if ("https".equals(api.getScheme()) && api.getHost() != null) {
                return api;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for another scheme
        }
        throw new InvalidConfiguration("ENFORCERD_API is not https://host:port: " + text);
    }

    private static List<String> tags(Settings settings) throws InvalidConfiguration {
        List<String> tags = words(settings, "TAGS");
        for (String tag : tags) {
            if (tag.indexOf('=') < 1 || tag.startsWith("@") || tag.startsWith("$")) {
                throw new InvalidConfiguration(
                        "ENFORCERD_TAGS takes key=value tags that begin with neither @ nor $: "
                                + tag);
            }
        }
        return tags;
    }

    private static Duration flowWindow(Settings settings) throws InvalidConfiguration {
        String text = settings.optional("FLOW_WINDOW").orElse("");
        Duration window =
                text.isEmpty() ? DEFAULT_FLOW_WINDOW : GoDuration.parse(text).orElse(Duration.ZERO);
        if (window.compareTo(Duration.ofSeconds(1)) < 0
                || window.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new InvalidConfiguration(
                    "ENFORCERD_FLOW_WINDOW must be from 1s to 1m, as in 10s: " + text);
        }
        return window;
    }

    private static Duration dnsGrace(Settings settings) throws InvalidConfiguration {
        String text = settings.optional("DNS_GRACE").orElse("");
        Duration grace =
                text.isEmpty()
                        ? DEFAULT_DNS_GRACE
                        : GoDuration.parse(text).orElse(Duration.ofDays(2));
        if (grace.compareTo(Duration.ofDays(1)) > 0) {
            throw new InvalidConfiguration(
                    "ENFORCERD_DNS_GRACE must be from 0s to 24h, as in 1m: " + text);
        }
        return grace;
    }

    private static long number(
            Settings settings, String name, long otherwise, long least, long most)
            throws InvalidConfiguration {
        String text = settings.optional(name).orElse(Long.toString(otherwise));
        if (text.matches("[0-9]{1,15}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new InvalidConfiguration(
                "ENFORCERD_"
                        + name
                        + " must be a number from "
                        + least
                        + " to "
                        + most
                        + ": "
                        + text);
    }

    private static List<Cidr> failSafeSsh(Settings settings) throws InvalidConfiguration {
        List<Cidr> networks = new ArrayList<>();
        for (String text : words(settings, "FAIL_SAFE_SSH")) {
            try {
                networks.add(Cidr.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InvalidConfiguration(
                        "ENFORCERD_FAIL_SAFE_SSH takes networks such as 10.0.0.0/8: " + text);
            }
        }
        return networks;
    }

    private static boolean logFormat(Settings settings) throws InvalidConfiguration {
        String format = settings.optional("LOG_FORMAT").orElse("json").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "json" -> true;
            case "text", "human" -> false;
            default ->
                    throw new InvalidConfiguration(
                            "ENFORCERD_LOG_FORMAT is json or text, not " + format);
        };
    }

    private static Level logLevel(Settings settings) throws InvalidConfiguration {
        String level = settings.optional("LOG_LEVEL").orElse("info").toLowerCase(Locale.ROOT);
        return switch (level) {
            case "error" -> Level.SEVERE;
            case "warn" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            case "trace" -> Level.FINEST;
            default ->
                    throw new InvalidConfiguration(
                            "ENFORCERD_LOG_LEVEL is error, warn, info, debug or trace, not "
                                    + level);
        };
    }

    private static List<String> words(Settings settings, String name) {
        return List.of(settings.optional(name).orElse("").split("[\\s,]+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    private static String machineId(String otherwise) {
        try {
            return Files.readString(MACHINE_ID).strip();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
