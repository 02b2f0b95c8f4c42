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
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RetaggingIT {
    private final ObjectFixture tenant = ObjectFixture.namespace("/retagging");
    private final PolicyClient below = PolicyClient.in("/retagging/below");

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
