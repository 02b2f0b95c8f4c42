package io.ringfence.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The demo's shop on a running stack: its hosts, connections between them, what became of them,
/// and what the reports say about them.
final class Shop {
    static final String NAMESPACE = "/acme/shop";

    private final Stack stack;
    private final Map<String, String> addresses = new TreeMap<>();
    private final Map<String, String> networkNamespaces = new TreeMap<>();
    private final Map<Way, Counts> truth = new ConcurrentHashMap<>();

    /// From one host to a TCP port of another.
    record Way(String from, String to, int port) {}

    record Counts(long accepted, long rejected) {
        static final Counts NONE = new Counts(0, 0);

        Counts plus(Counts other) {
            return new Counts(accepted + other.accepted, rejected + other.rejected);
        }
    }

    private Shop(Stack stack) {
        this.stack = stack;
    }

    static Shop of(Stack stack) {
        Shop shop = new Shop(stack);
        for (JsonNode host : stack.json("demo", "hosts", "-o", "json")) {
            shop.addresses.put(host.path("name").asText(), host.path("address").asText());
            shop.networkNamespaces.put(
                    host.path("name").asText(), host.path("networkNamespace").asText());
        }
        return shop;
    }

    String address(String host) {
        return Objects.requireNonNull(addresses.get(host), host);
    }

    Map<String, String> networkNamespaces() {
        return networkNamespaces;
    }

    JsonNode connect(String from, String to, int port, int count) {
        JsonNode outcome =
                stack.json(
                        "demo",
                        "connect",
                        from,
                        to,
                        Integer.toString(port),
                        "--count",
                        Integer.toString(count));
        happened(
                new Way(from, to, port),
                new Counts(outcome.path("connected").asLong(), outcome.path("refused").asLong()));
        return outcome;
    }

    /// Connects that were made in another way than by [#connect].
    void happened(Way way, Counts counts) {
        truth.merge(way, counts, Counts::plus);
    }

    /// What really happened.
    Counts truth(Way way) {
        return truth.getOrDefault(way, Counts.NONE);
    }

    JsonNode connectUdp(String from, String to, int port, int count) {
        return stack.json(
                "demo",
                "connect",
                from,
                to,
                Integer.toString(port),
                "--count",
                Integer.toString(count),
                "--udp");
    }

    /// A program on a host that runs until it is stopped.
    Process start(String host, String script) {
        try {
            return new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            Objects.requireNonNull(networkNamespaces.get(host), host),
                            "bash",
                            "-c",
                            script)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException cannotRun) {
            throw new UncheckedIOException(cannotRun);
        }
    }

    /// Connects again and again until that is `open` or `refused`, for at most twenty seconds. Each
    /// line has the milliseconds and what became of it.
    Process tryUntil(Way way, String outcome) {
        return start(
                way.from(),
                """
                while [ $SECONDS -lt 20 ]; do
                  if (exec 3<>/dev/tcp/%s/%d) 2>/dev/null; then r=open; else r=refused; fi
                  echo "$(date +%%s%%3N) $r"; [ $r = %s ] && exit; sleep 0.02
                done
                """
                        .formatted(address(way.to()), way.port(), outcome));
    }

    /// Flow reports of the last hour between two hosts at a port.
    List<JsonNode> flows(Way way) {
        String window =
                "?startAbsolute="
                        + encoded(Instant.now().minus(Duration.ofHours(1)).toString())
                        + "&endRelative=0s";
        Stack.Answer answer =
                stack.call("POST", "/reportsqueries" + window, NAMESPACE, "{\"report\":\"Flows\"}");
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode flow : answer.body().path("flowReports")) {
            if (flow.path("sourceIP").asText().equals(address(way.from()))
                    && flow.path("destinationIP").asText().equals(address(way.to()))
                    && flow.path("destinationPort").asInt() == way.port()) {
                found.add(flow);
            }
        }
        return found;
    }

    /// What the reports of the last hour say.
    Counts reported(Way way) {
        List<JsonNode> flows = flows(way);
        return new Counts(sum(flows, "Accept"), sum(flows, "Reject"));
    }

    private static long sum(List<JsonNode> flows, String action) {
        return flows.stream()
                .filter(flow -> flow.path("action").asText().equals(action))
                .mapToLong(flow -> flow.path("value").asLong())
                .sum();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
