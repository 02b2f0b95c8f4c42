package io.ringfence.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class AddressClaimsIT {
    private static final int HANDOVERS = 40;
    private static final String ADDRESS = "10.78.0.1";

    private final PolicyClient client = PolicyClient.in("/claims");

    /// Who gives an address up changes who waits for it, and that one may be changing itself.
    @Test
    void anAddressChangesHandsWhileWhoWaitsForItChanges() throws Exception {
        PolicyClient.announce("/claims");
        List<String> units = List.of(claiming("one"), claiming("two"));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService others = Executors.newFixedThreadPool(units.size())) {
            List<Future<?>> changing =
                    units.stream()
                            .<Future<?>>map(unit -> others.submit(() -> change(unit, done)))
                            .toList();
            try {
                for (int i = 0; i < HANDOVERS; i++) {
                    String holder = units.get(i % 2);
                    client.patch(holder, "{'operationalStatus': 'Terminated'}");
                    client.patch(holder, "{'operationalStatus': 'Running'}");
                    assertThat(texts(holder, "refusedAddresses")).containsExactly(ADDRESS);
                    assertThat(texts(units.get((i + 1) % 2), "addresses")).containsExactly(ADDRESS);
                }
            } finally {
                done.set(true);
            }
            for (Future<?> each : changing) {
                each.get();
            }
        }
    }

    private String claiming(String name) {
        JsonNode unit =
                client.post(
                        "/processingunits",
                        "{'name': '%s', 'type': 'Docker', 'addresses': ['%s'], 'operationalStatus': 'Running'}"
                                .formatted(name, ADDRESS));
        return "/processingunits/" + unit.path("ID").asText();
    }

    private void change(String unit, AtomicBoolean done) {
        String written = "";
        for (int i = 0; !done.get(); i++) {
            assertThat(client.get(unit).path("description").asText()).isEqualTo(written);
            written = "change " + i;
            client.patch(unit, "{'description': '%s'}".formatted(written));
        }
    }

    private List<String> texts(String unit, String attribute) {
        return client.get(unit).path(attribute).valueStream().map(JsonNode::asText).toList();
    }
}
