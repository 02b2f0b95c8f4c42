package io.ringfence.policy.retagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.service.ConsoleServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RetaggingIT {
    private static final int UNITS = 60;
    private static final int WRITERS = 3;
    private static final int ROUNDS = 6;
    private static final String UNIT = "{'name': 'u%d', 'type': 'Docker'}";

    private final ObjectFixture tenant = ObjectFixture.namespace("/retagging");
    private final PolicyClient below = PolicyClient.in("/retagging/below");
    private final PolicyClient meeting = PolicyClient.in("/meeting");

    @Test
    void objectsFollowTheirNamespacesTags() {
        PolicyClient.announce(
                tenant.with("organizationalMetadata", List.of("@org:tenant=a")), "/retagging", 1);
        PolicyClient.announce("/retagging/below", "/retagging/below/b");
        below.post("/externalnetworks", "{'name': 'n', 'entries': ['10.0.0.0/8']}");
        below.post(
                "/namespacemappingpolicies",
                "{'name': 'm', 'subject': [['@org:tenant=b']], 'mappedNamespace':"
                        + " '/retagging/below/b'}");
        below.post("/processingunits", "{'name': 'u', 'type': 'Host'}");
        tagged("/externalnetworks", "@org:tenant=a");
        tagged("/processingunits", "@org:tenant=a");

        PolicyClient.announce(
                tenant.with("organizationalMetadata", List.of("@org:tenant=b")), "/retagging", 2);

        tagged("/externalnetworks", "@org:tenant=b");
        tagged("/processingunits", "@org:tenant=b");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(PolicyClient.in("/retagging/below/b").names("/processingunits"))
                                .containsExactly("u"));
    }

    /// Each has to wait for the other now and then, and neither may be undone by it.
    @Test
    void unitsChangeWhileTheyAreTaggedAnew() throws Exception {
        round(0);
        List<String> units =
                IntStream.range(0, UNITS)
                        .mapToObj(i -> meeting.post("/processingunits", UNIT.formatted(i)))
                        .map(unit -> "/processingunits/" + unit.path("ID").asText())
                        .toList();
        AtomicInteger reached = new AtomicInteger();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing =
                    IntStream.range(0, WRITERS)
                            .<Future<?>>mapToObj(
                                    writer -> writers.submit(() -> write(writer, units, reached)))
                            .toList();
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    round(round);
                    reached.set(round);
                    awaitTagged("@org:round=" + round);
                }
            } finally {
                reached.set(ROUNDS);
            }
            for (Future<?> each : writing) {
                each.get();
            }
        }
        awaitTagged("@org:round=" + ROUNDS);
        awaitTagged("during=" + ROUNDS);
    }

    private void round(int round) {
        PolicyClient.announce(
                ObjectFixture.namespace("/meeting")
                        .with("organizationalMetadata", List.of("@org:round=" + round)),
                "/meeting",
                round + 1);
    }

    /// Every writer has units of its own, and writes them a last time in the last round.
    private void write(int writer, List<String> units, AtomicInteger reached) {
        String written = "";
        for (int round = 0; round < ROUNDS; ) {
            round = reached.get();
            String tag = "during=" + round;
            for (int i = writer; i < units.size(); i += WRITERS) {
                assertThat(meeting.get(units.get(i)).path("associatedTags").toString())
                        .contains(written);
                meeting.patch(units.get(i), "{'associatedTags': ['%s']}".formatted(tag));
            }
            written = tag;
        }
    }

    private void awaitTagged(String tag) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(
                                        meeting.names(
                                                "/processingunits?"
                                                        + PolicyClient.filter(
                                                                "normalizedTags contains [\"%s\"]"
                                                                        .formatted(tag))))
                                .hasSize(UNITS));
    }

    private void tagged(String plural, String tag) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(
                                        below.names(
                                                plural
                                                        + "?recursive=true&"
                                                        + PolicyClient.filter(
                                                                "normalizedTags contains [\"%s\"]"
                                                                        .formatted(tag))))
                                .hasSize(1));
    }
}
