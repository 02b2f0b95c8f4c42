package io.ringfence.policy.requesting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ImportRequestIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final String target = "/request" + TENANTS.incrementAndGet() + "/target";
    private final AssertedClient console =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE);
    private final AssertedClient requester =
            console.in("/request" + TENANTS.get() + "/own")
                    .as(Callers.administrator(), "importrequest,*")
                    .reaching(target);
    private final AssertedClient approver = console.in(target);

    private String draft(String address) {
        return "{'description': 'dns, please', 'targetNamespace': '%s', 'data': {'externalnetworks': [{'name': 'dns', 'entries': ['%s']}]}}"
                .formatted(target, address)
                .replace('\'', '"');
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static void refused(HttpResponse<String> answer, int status, String attribute) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get(0).path("data").path("attribute").asText())
                .isEqualTo(attribute);
    }

    private String path(JsonNode request) {
        return "/importrequests/" + request.path("ID").asText();
    }

    private static String status(String status) {
        return "{\"status\":\"%s\"}".formatted(status);
    }

    private JsonNode submitted() {
        JsonNode request = ok(requester.post("/importrequests", draft("1.1.1.1")));
        return ok(requester.patch(path(request), status("Submitted")));
    }

    @Test
    void isADraftWithItsRequester() {
        JsonNode request = ok(requester.post("/importrequests", draft("1.1.1.1")));

        assertThat(request.path("status").asText()).isEqualTo("Draft");
        assertThat(request.path("requesterNamespace").asText()).isEqualTo(requester.namespace());
        assertThat(request.path("requesterClaims")).isNotEmpty();
        assertThat(ok(approver.get("/importrequests"))).isEmpty();
        ok(requester.patch(path(request), "{\"description\":\"changed\"}"));
    }

    @Test
    void movesToTheTargetWhenItIsSubmitted() {
        JsonNode request = submitted();

        assertThat(request.path("namespace").asText()).isEqualTo(target);
        assertThat(requester.get(path(request)).statusCode()).isEqualTo(404);
        assertThat(ok(approver.get("/importrequests"))).hasSize(1);
        refused(approver.patch(path(request), "{\"description\":\"x\"}"), 422, "description");
        refused(approver.patch(path(request), "{\"data\":{}}"), 422, "data");
    }

    @Test
    void isImportedWhenItIsApproved() {
        JsonNode request = submitted();

        ok(approver.patch(path(request), status("Approved")));

        JsonNode networks = ok(approver.get("/externalnetworks"));
        assertThat(networks).hasSize(1);
        assertThat(networks.get(0).path("name").asText()).isEqualTo("dns");
        refused(approver.patch(path(request), status("Rejected")), 422, "status");
        ok(approver.delete(path(request)));
        assertThat(ok(approver.get("/externalnetworks"))).hasSize(1);
    }

    @Test
    void isApprovedOnlyByWhoMayWriteItsObjectsThere() {
        JsonNode request = submitted();
        AssertedClient clerk = approver.as(Callers.administrator(), "importrequest,*");

        HttpResponse<String> refusal = clerk.patch(path(request), status("Approved"));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.body()).contains("data.externalnetworks[0] ('dns')");
        assertThat(ok(approver.get("/externalnetworks"))).isEmpty();
        assertThat(ok(approver.get(path(request))).path("status").asText()).isEqualTo("Submitted");
    }

    @Test
    void staysRejected() {
        JsonNode request = submitted();

        ok(approver.patch(path(request), "{\"status\":\"Rejected\",\"comment\":\"use ours\"}"));

        refused(approver.patch(path(request), status("Approved")), 422, "status");
        JsonNode feed = ok(approver.get(path(request))).path("commentFeed");
        assertThat(feed).hasSize(1);
        assertThat(feed.get(0).path("content").asText()).isEqualTo("use ours");
        assertThat(feed.get(0).path("date").asText()).isNotEmpty();
        assertThat(ok(approver.get("/externalnetworks"))).isEmpty();
    }

    @Test
    void goesBackToItsRequesterAsADraft() {
        JsonNode request = submitted();

        ok(approver.patch(path(request), "{\"status\":\"Draft\",\"comment\":\"which dns?\"}"));

        assertThat(ok(approver.get("/importrequests"))).isEmpty();
        ok(requester.patch(path(request), "{\"comment\":\"the second\"}"));
        JsonNode again = ok(requester.patch(path(request), status("Submitted")));
        assertThat(again.path("commentFeed")).hasSize(2);
    }

    @Test
    void needsTheRightToCreateItInTheTargetToo() {
        AssertedClient stranger = requester.reaching("/elsewhere");

        HttpResponse<String> refusal = stranger.post("/importrequests", draft("1.1.1.1"));

        assertThat(refusal.statusCode()).isEqualTo(403);
        JsonNode request = ok(requester.post("/importrequests", draft("1.1.1.1")));
        assertThat(stranger.patch(path(request), status("Submitted")).statusCode()).isEqualTo(403);
        assertThat(ok(requester.get(path(request))).path("status").asText()).isEqualTo("Draft");
    }

    @Test
    void isSubmittedAtOnceByWhoMayOnlyCreate() {
        AssertedClient contributor = requester.as(Callers.administrator(), "importrequest,post");

        ok(
                contributor.post(
                        "/importrequests",
                        draft("1.1.1.1").replace("{\"desc", "{\"status\":\"Submitted\",\"desc")));

        assertThat(ok(approver.get("/importrequests"))).hasSize(1);
    }

    @Test
    void isNotApprovedWithoutBeingSubmitted() {
        JsonNode request = ok(requester.post("/importrequests", draft("1.1.1.1")));

        refused(requester.patch(path(request), status("Approved")), 422, "status");
    }

    @Test
    void refusesWhatCouldNotBeImported() {
        refused(
                requester.post(
                        "/importrequests",
                        draft("1.1.1.1").replace("externalnetworks", "processingunits")),
                422,
                "processingunits");
        assertThat(ok(requester.get("/importrequests"))).isEmpty();
    }
}
