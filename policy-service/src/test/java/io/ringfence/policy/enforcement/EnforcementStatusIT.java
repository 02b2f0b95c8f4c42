package io.ringfence.policy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyEdition;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class EnforcementStatusIT {
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject MeterRegistry meters;

    private int port = 8_000;
    private final int number = TENANTS.incrementAndGet();
    private final String tenant = "/enforcement" + number;
    private final String id = "6e00000000000000000000%02x".formatted(number);
    private final PolicyClient client = PolicyClient.in(tenant);
    private final PolicyClient enforcer = client.enforcer(id);

    @BeforeEach
    void register() {
        enforcer.post("/enforcers", "{'name': 'host-17', 'FQDN': 'host-17.local'}");
        enforcer.get("/enforcers/" + id + "/poke?status=Connected");
        enforcer.post(
                "/processingunits",
                "{'name': 'web', 'type': 'Host', 'addresses': ['10.77.%d.1'], 'associatedTags': ['app=web'], 'operationalStatus': 'Running'}"
                        .formatted(number));
        await().atMost(PATIENCE)
                .until(() -> status("?wait=1s").path("status").asText().equals("Delivering"));
    }

    @Test
    void theGatewayIsToldWhichPolicyStandsWithoutAllOfIt() {
        ruleset("told");
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    PolicySnapshot standing = current();
                    assertThat(standing.getTextList()).contains("told");
                    assertThat(edition())
                            .isEqualTo(
                                    PolicyEdition.newBuilder()
                                            .setVersion(standing.getVersion())
                                            .setDigest(standing.getDigest())
                                            .addAllTenants(standing.getTenantsList())
                                            .build());
                });
    }

    @Test
    void aChangeIsEnforcedOnceItsEnforcerSaysSo() {
        acknowledge("");
        assertThat(status("?wait=20s").path("status").asText()).isEqualTo("Enforced");

        long measured = convergences();
        ruleset("one");
        JsonNode before = status("?wait=1s");
        long revision = before.path("revision").asLong();
        assertThat(before.path("status").asText()).as(before.toString()).isEqualTo("Delivering");
        assertThat(before.path("text").asText())
                .isEqualTo("revision %d enforced on 0 of 1, 1 pending".formatted(revision));
        assertThat(before.path("unsettled").get(0).path("ID").asText()).isEqualTo(id);

        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> status("?wait=20s&revision=" + revision));
        acknowledge("");
        JsonNode after = waiting.join();

        assertThat(after.path("status").asText()).as(after.toString()).isEqualTo("Enforced");
        assertThat(after.path("revision").asLong()).isEqualTo(revision);
        assertThat(after.path("slowest").path("name").asText()).isEqualTo("host-17");
        assertThat(status("?revision=" + before.path("revision")).path("enforced").asInt())
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> convergences() > measured);
    }

    @Test
    void anAddressIsKnownOnceItsTenantsEnforcersSaySo() {
        acknowledge("");
        assertThat(status("?wait=20s").path("status").asText()).isEqualTo("Enforced");
        PeerDirectory before = directory();
        assertThat(before.getOwnersList())
                .extracting(owner -> owner.getAddress().toByteArray())
                .containsExactly(new byte[] {10, 77, (byte) number, 1});
        long measured = freshnesses();

        client.post(
                "/processingunits",
                "{'name': 'other', 'type': 'Host', 'addresses': ['10.77.%d.2'], 'operationalStatus': 'Running'}"
                        .formatted(number));
        await().atMost(PATIENCE).until(() -> directory().getOwnersCount() == 2);
        acknowledge("", before);
        assertThat(status("?wait=1s").path("status").asText()).isEqualTo("Delivering");
        acknowledge("");
        assertThat(status("?wait=20s").path("status").asText()).isEqualTo("Enforced");
        await().atMost(PATIENCE).until(() -> freshnesses() > measured);
    }

    @Test
    void theStatusIsOfWhatIsStoredNowAndNothingLess() {
        for (int i = 0; i < 20; i++) {
            acknowledge("");
            ruleset("each-" + i);
            await().atMost(PATIENCE)
                    .until(() -> status("?wait=50ms").path("status").asText().equals("Delivering"));
            assertThat(current().getTextList()).contains("each-" + i);
        }
    }

    @Test
    void namesWhoRefusesAndWhy() {
        acknowledge("no room");
        JsonNode status = status("?wait=20s");
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("Refused");
        assertThat(status.path("unsettled").get(0).path("error").asText()).isEqualTo("no room");
        acknowledge("");
        await().atMost(PATIENCE).until(() -> status("").path("status").asText().equals("Enforced"));
    }

    @Test
    void manyWhoWaitKeepNobodyElseWaiting() {
        List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> status("?wait=20s"), threads));
            }
            await().atMost(Duration.ofSeconds(16))
                    .until(() -> waiting.stream().filter(CompletableFuture::isDone).count() >= 24);
            acknowledge("");
        }
        assertThat(waiting)
                .filteredOn(each -> each.join().path("status").asText().equals("Enforced"))
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void anEnforcerThatLeftIsNotWaitedFor() {
        enforcer.get("/enforcers/" + id + "/poke?sessionClose=true");
        JsonNode status = status("?wait=20s");
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("Enforced");
        assertThat(status.path("unreachable").asInt()).isEqualTo(1);
    }

    @Test
    void looksAtTheNamespaceAndBelow() {
        assertThat(
                        PolicyClient.in(tenant + "/below")
                                .get("/enforcementstatus")
                                .path("total")
                                .asInt())
                .isZero();
        String other = "6e00000000000000000001%02x".formatted(number);
        PolicyClient below = PolicyClient.in(tenant + "/below");
        below.enforcer(other).post("/enforcers", "{'name': 'host-18', 'FQDN': 'host-18.local'}");
        assertThat(status("").path("total").asInt()).isEqualTo(2);
        assertThat(status("?recursive=false").path("total").asInt()).isEqualTo(1);
        assertThat(below.get("/enforcementstatus").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void countsWhoHasUnitsInTheNamespaceWithoutNamingThem() {
        String parent = tenant + "/shop";
        PolicyClient.in(parent)
                .post(
                        "/processingunits",
                        "{'name': 'pod', 'type': 'Docker', 'enforcerID': '%s', 'associatedTags': ['app=pod'], 'operationalStatus': 'Running'}"
                                .formatted(id));
        await().atMost(PATIENCE)
                .until(() ->
                        PolicyClient.in(parent)
                                        .get("/enforcementstatus?wait=100ms")
                                        .path("total")
                                        .asInt()
                                == 1);
        JsonNode unsettled =
                PolicyClient.in(parent).get("/enforcementstatus").path("unsettled").get(0);
        assertThat(unsettled.path("ID").asText()).isEqualTo(id);
        assertThat(unsettled.path("name").asText()).isEmpty();
    }

    @Test
    void refusesARevisionThatDoesNotExist() {
        HttpResponse<String> answer = client.http().get("/enforcementstatus?revision=999999999999");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"attribute\":\"revision\"", "999999999999");
        assertThat(client.http().get("/enforcementstatus?revision=new").statusCode())
                .isEqualTo(400);
    }

    @Test
    void takesNoReceiptFromWhoHasNoPolicy() {
        assertThat(receive("6effffffffffffffffffffff", new byte[0])).isEqualTo(404);
        assertThat(receive(id, new byte[] {9, 9, 9})).isEqualTo(400);
    }

    private long convergences() {
        return meters.get("ringfence.policy.convergence").timer().count();
    }

    private long freshnesses() {
        return meters.get("ringfence.policy.inventory.freshness").timer().count();
    }

    private JsonNode status(String query) {
        return client.get("/enforcementstatus" + query);
    }

    private void ruleset(String name) {
        client.post(
                "/networkrulesetpolicies",
                "{'name':'%s','subject':[['app=web']],'incomingRules':[{'action':'Allow','object':[['app=web']],'protocolPorts':['tcp/%d']}]}"
                        .formatted(name, ++port));
    }

    private PolicySnapshot current() {
        try {
            return PolicySnapshot.parseFrom(
                    SignedPolicy.parseFrom(read("/internal/policysnapshots/" + id)).getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private PolicyEdition edition() {
        try {
            return PolicyEdition.parseFrom(read("/internal/policyeditions/" + id));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private PeerDirectory directory() {
        try {
            return PeerDirectory.parseFrom(
                    SignedDirectory.parseFrom(read("/internal/peerdirectory")).getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] read(String path) {
        return client.http()
                .send(
                        client.http()
                                .request("GET", path, null)
                                .setHeader("Accept", "application/x-protobuf")
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
    }

    private void acknowledge(String error) {
        acknowledge(error, directory());
    }

    private void acknowledge(String error, PeerDirectory directory) {
        PolicySnapshot policy = current();
        HeldDirectory held =
                HeldDirectory.newBuilder()
                        .setTenant(directory.getTenant())
                        .setVersion(directory.getVersion())
                        .setDigest(directory.getDigest())
                        .setSinceMs(System.currentTimeMillis())
                        .build();
        assertThat(
                        receive(
                                id,
                                PolicyReceipt.newBuilder()
                                        .setVersion(policy.getVersion())
                                        .setDigest(policy.getDigest())
                                        .setError(error)
                                        .addDirectories(held)
                                        .build()
                                        .toByteArray()))
                .isEqualTo(204);
    }

    private int receive(String enforcerId, byte[] body) {
        return client.http()
                .send(
                        client.http()
                                .request("POST", "/internal/policyreceipts/" + enforcerId, null)
                                .setHeader("Content-Type", "application/x-protobuf")
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
