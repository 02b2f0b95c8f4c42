package io.ringfence.metrics.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.network.NetworkEntries;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Action;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.World;
import io.ringfence.engine.explain.Readable;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowExplainerTest {
    private static final String NEAR_WEB =
            "No rule lets it reach the destination: `web-to-db` would allow this if the source had `env=prod`.";

    private static final World WORLD =
            new World(
                    Map.of(),
                    units(
                            unit("web", "/acme/shop", "10.0.0.1", "app=web"),
                            unit("db", "/acme/shop", "10.0.0.2", "app=db"),
                            unit("prod", "/acme/shop", "10.0.0.3", "app=web", "env=prod"),
                            unit("lab", "/acme/lab", "10.0.0.4", "app=db"),
                            new ProcessingUnit(
                                    "bare", "/acme/shop", "", Set.of("app=db"), List.of(), true)),
                    Map.of(
                            "r1",
                            new Ruleset(
                                    "r1",
                                    "web-to-db",
                                    "/acme/shop",
                                    false,
                                    false,
                                    false,
                                    Validity.ALWAYS,
                                    tags("app=db"),
                                    List.of(
                                            allow("app=web", "env=prod", "icmp/8"),
                                            allow("app=web", "env=prod", "tcp/5432")),
                                    List.of(allow("net=dns", "net=dns", "udp/53")))),
                    Map.of(
                            "x1",
                            new ExternalNetwork(
                                    "x1",
                                    "resolvers",
                                    "/acme/shop",
                                    false,
                                    Set.of("net=old"),
                                    NetworkEntries.parse(List.of("192.0.2.0/24")).entries())));

    private final AtomicLong nanoTime = new AtomicLong();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    a tag is missing                      | Reject default destination web 10.0.0.1 db 10.0.0.2 6 5432 | No rule lets it reach the destination: `web-to-db` would allow this if the source had `env=prod`.
                    only the end that rejected is asked   | Reject default source web 10.0.0.1 db 10.0.0.2 6 5432 | No rule lets it leave the source: `web-to-db` would allow this if the source had `app=db` and the destination had `net=dns` and it were for `udp/53`.
                    a network lacks a tag                 | Reject default source db 10.0.0.2 @ 192.0.2.53 17 53 | No rule lets it leave the source: `web-to-db` would allow this if the external network `x1` had `net=dns`.
                    it would pass by now                  | Reject default destination prod 10.0.0.3 db 10.0.0.2 6 5432 | By now it is decided differently. `web-to-db` lets it reach the destination.
                    ICMP is asked without a type          | Reject default destination prod 10.0.0.3 db 10.0.0.2 1 0 | No rule lets it reach the destination: `web-to-db` would allow this if it were for `icmp/8`.
                    a rule rejected                       | Reject r1 destination web 10.0.0.1 db 10.0.0.2 6 5432 | ~~
                    a default allowed                     | Accept default destination web 10.0.0.1 db 10.0.0.2 6 5432 | ~~
                    the end that rejected is gone         | Reject default destination web 10.0.0.1 old 10.0.0.2 6 5432 | ~~
                    so is the other end                   | Reject default destination old 10.0.0.1 db 10.0.0.2 6 5432 | ~~
                    nobody enforces there any more        | Reject default destination web 10.0.0.1 bare 10.0.0.9 6 5432 | ~~
                    it is in a namespace nobody may read  | Reject default destination web 10.0.0.1 lab 10.0.0.4 6 5432 | ~~
                    """)
    void explains(String sentence, String flow, String expected) {
        assertThat(explained(new Readable("/acme/shop", true), flow))
                .as(sentence)
                .isEqualTo(expected);
    }

    @Test
    void tellsNothingToWhomeverMayNotReadRulesets() {
        assertThat(
                        explained(
                                new Readable("/acme/shop", false),
                                "Reject default destination web 10.0.0.1 db 10.0.0.2 6 5432"))
                .isEmpty();
    }

    @Test
    void saysHowManyItHadNoTimeFor() {
        ObjectNode first = report("Reject default destination web 10.0.0.1 db 10.0.0.2 6 5432");
        ObjectNode same = first.deepCopy();
        ObjectNode other = report("Reject default destination web 10.0.0.1 db 10.0.0.2 6 80");
        FlowExplainer explainer = explainer(new Readable("/acme/shop", true));
        explainer.explain(List.of(first));
        nanoTime.set(2_000_000_000L);

        assertThat(explainer.explain(List.of(other, same))).isOne();

        assertThat(same.path("explanation").asText()).isEqualTo(NEAR_WEB);
        assertThat(other.path("explanation").asText()).isEmpty();
    }

    private String explained(Readable readable, String flow) {
        ObjectNode report = report(flow);
        assertThat(explainer(readable).explain(List.of(report))).isZero();
        return report.path("explanation").asText();
    }

    private FlowExplainer explainer(Readable readable) {
        return new FlowExplainer(WORLD, readable, Deadline.from(nanoTime::get));
    }

    /// `ACTION POLICY SIDE SOURCE ADDRESS DESTINATION ADDRESS PROTOCOL PORT`; `@` is no processing
    /// unit.
    private static ObjectNode report(String flow) {
        String[] words = flow.split(" ");
        ObjectNode report =
                new ObjectMapper()
                        .createObjectNode()
                        .put("action", words[0])
                        .put("policyID", words[1])
                        .put("side", words[2])
                        .put("protocol", Integer.parseInt(words[7]))
                        .put("destinationPort", Integer.parseInt(words[8]))
                        .put("explanation", "");
        end(report, "source", words[3], words[4]);
        end(report, "destination", words[5], words[6]);
        return report;
    }

    private static void end(ObjectNode report, String end, String id, String address) {
        report.put(end + "ID", id)
                .put(end + "IP", address)
                .put(end + "Type", id.equals("@") ? "ExternalNetwork" : "ProcessingUnit");
    }

    private static Map<String, ProcessingUnit> units(ProcessingUnit... units) {
        return Arrays.stream(units).collect(Collectors.toMap(ProcessingUnit::id, unit -> unit));
    }

    private static ProcessingUnit unit(
            String id, String namespace, String address, String... tags) {
        return new ProcessingUnit(
                id, namespace, "e1", Set.of(tags), List.of(InetAddress.ofLiteral(address)), true);
    }

    private static Rule allow(String one, String other, String ports) {
        return new Rule(
                "",
                Action.ALLOW,
                one.equals(other) ? tags(one) : tags(one, other),
                ProtocolPorts.parseAll(List.of(ports)),
                false,
                false);
    }

    private static TagExpression tags(String... all) {
        return TagExpression.parse(List.of(List.of(all)));
    }
}
