package io.ringfence.store.things;

import static io.ringfence.store.things.Things.created;
import static io.ringfence.store.things.Things.json;
import static io.ringfence.store.things.Things.ok;
import static io.ringfence.store.things.Things.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class AuditIT {
    private static final int RACING = 30;

    private final AssertedClient client = Things.client();
    private final TopicReader audit =
            TestKafka.of(TestInstallation.get()).readFromEnd(Topic.AUDIT_RECORDED.topicName());

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void recordsWhoChangedWhat() {
        JsonNode thing = created(client, "things", "{'name': 'a', 'password': 'pssst'}");
        HttpResponse<String> grown =
                client.send(
                        client.request("PATCH", path(thing), json("{'size': 200}"))
                                .header("X-External-Tracking-ID", "ticket-7")
                                .header("X-External-Tracking-Type", "helpdesk")
                                .header("X-Request-ID", "request-7")
                                .build(),
                        BodyHandlers.ofString());
        ok(client.delete(path(thing)));

        List<AuditRecord> records = recordsOf(thing, Operation.DELETE);
        assertThat(records)
                .extracting(AuditRecord::getOperation)
                .containsExactly(Operation.CREATE, Operation.UPDATE, Operation.DELETE);
        AuditRecord update = records.get(1);
        assertThat(update.getIdentity()).isEqualTo("thing");
        assertThat(update.getNamespace()).isEqualTo(client.namespace());
        assertThat(update.getSubject()).isEqualTo("administrator");
        assertThat(update.getRealm()).isEqualTo("certificate");
        assertThat(update.getClaimsList()).contains("@auth:account=administrator");
        assertThat(update.getTrackingId()).isEqualTo("ticket-7");
        assertThat(update.getTrackingType()).isEqualTo("helpdesk");
        assertThat(update.getRequestId()).isEqualTo("request-7");
        assertThat(update.getMessagesList()).containsExactly(ThingBehaviour.WARNING);
        assertThat(grown.headers().allValues("X-Messages")).containsExactly(ThingBehaviour.WARNING);
        assertThat(tree(update.getDifference()).toString()).isEqualTo("{\"size\":[0,200]}");
        assertThat(tree(update.getJson()).path("size").asInt()).isEqualTo(200);
        assertThat(update.getRevision()).isGreaterThan(records.get(0).getRevision());
        assertThat(records.get(2).getRevision()).isEqualTo(update.getRevision());
        assertThat(tree(records.get(2).getJson()).path("size").asInt()).isEqualTo(200);
        assertThat(records.get(0).getDifference()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void whatRacesIsAnnouncedInTheOrderItWasStored() throws Exception {
        JsonNode thing = created(client, "things", "{'name': 'a'}");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> changes =
                    IntStream.rangeClosed(1, RACING)
                            .mapToObj(size ->
                                    threads.submit(() ->
                                            ok(
                                                    client.patch(
                                                            path(thing),
                                                            json("{'size': %d}".formatted(size))))))
                            .toList();
            for (Future<JsonNode> change : changes) {
                change.get();
            }
        }
        ok(client.delete(path(thing)));

        assertThat(recordsOf(thing, Operation.DELETE).subList(0, 1 + RACING))
                .extracting(AuditRecord::getRevision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void neverTellsASecret() throws InvalidProtocolBufferException {
        try (TopicReader changed =
                TestKafka.of(TestInstallation.get())
                        .readFromEnd(Topic.EXTERNAL_NETWORK_CHANGED.topicName())) {
            HttpResponse<String> answer =
                    client.post(
                            "/things",
                            json("{'name': 'a', 'password': 'pssst', 'lock': {'code': 'pssst'}}"));
            JsonNode thing = ok(answer);
            HttpResponse<String> patched =
                    client.patch(path(thing), json("{'password': 'pssst!', 'size': 1}"));
            ok(client.delete(path(thing)));
            List<AuditRecord> records = recordsOf(thing, Operation.DELETE);

            assertThat(answer.body() + patched.body() + client.get("/things").body())
                    .doesNotContain("pssst");
            for (AuditRecord record : records) {
                assertThat(record.toString()).doesNotContain("pssst");
            }
            assertThat(tree(records.get(1).getDifference()).path("password").toString())
                    .isEqualTo("[\"\",\"\"]");
            String id = thing.path("ID").asText();
            changed.await(each -> id.equals(each.key()) && each.value() == null);
            for (var state : changed.readToEnd()) {
                if (id.equals(state.key()) && state.value() != null) {
                    assertThat(ObjectState.parseFrom(state.value()).getJson().toStringUtf8())
                            .contains("\"password\":\"\"")
                            .doesNotContain("pssst");
                }
            }
        }
    }

    @Test
    void keepsASecretThatIsSentBackEmpty() {
        JsonNode thing = created(client, "things", "{'name': 'a', 'password': 'pssst'}");
        ok(client.put(path(thing), client.get(path(thing)).body()));
        ok(client.patch(path(thing), json("{'password': ''}")));

        List<AuditRecord> records = recordsOf(thing, Operation.UPDATE);
        audit.await(each -> isOf(thing, each.value()) && differs(each.value(), "password"));
        assertThat(records.get(1).getDifference()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void leavesHeartbeatsOut() {
        JsonNode thing = created(client, "things", "{'name': 'a'}");
        ok(client.patch(path(thing), json("{'seen': '2026-01-01T00:00:00Z'}")));
        ok(client.patch(path(thing), json("{'seen': '2026-01-01T00:00:01Z', 'size': 2}")));

        assertThat(recordsOf(thing, Operation.UPDATE)).hasSize(2);
    }

    @Test
    void recordsWhatEveryAnswerSays() {
        HttpResponse<String> made = client.post("/boxes", json("{'name': 'b'}"));
        JsonNode box = ok(made);
        String path = "/boxes/" + box.path("ID").asText();

        for (HttpResponse<String> answer :
                List.of(made, client.get(path), client.get("/boxes"), client.head("/boxes"))) {
            assertThat(answer.headers().allValues("X-Messages"))
                    .containsExactly(ThingResources.DEPRECATED);
        }
        assertThat(recordsOf(box, Operation.CREATE).getFirst().getMessagesList())
                .containsExactly(ThingResources.DEPRECATED);
    }

    /// All records of an object, in their order, once one of this operation is there.
    private List<AuditRecord> recordsOf(JsonNode object, Operation last) {
        audit.await(
                each -> isOf(object, each.value()) && record(each.value()).getOperation() == last);
        return audit.readToEnd().stream()
                .filter(each -> client.namespace().equals(each.key()))
                .map(each -> record(Objects.requireNonNull(each.value())))
                .filter(each -> each.getObjectId().equals(object.path("ID").asText()))
                .toList();
    }

    private static boolean isOf(JsonNode object, byte[] value) {
        return record(value).getObjectId().equals(object.path("ID").asText());
    }

    private static boolean differs(byte[] value, String attribute) {
        ByteString difference = record(value).getDifference();
        return !difference.isEmpty() && tree(difference).has(attribute);
    }

    private static AuditRecord record(byte[] value) {
        try {
            return AuditRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(ByteString json) {
        return BodyFormat.JSON.read(json.toByteArray());
    }
}
