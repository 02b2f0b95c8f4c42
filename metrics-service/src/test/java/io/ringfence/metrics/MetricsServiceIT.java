package io.ringfence.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.jackson.dataformat.MessagePackFactory;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class MetricsServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(30, ChronoUnit.MINUTES);

    private static final String EXPLAINED = "/explained/shop";

    private final AssertedClient shop =
            AssertedClient.of(TestInstallation.get(), Principal.METRICS_SERVICE).in("/acme/shop");

    @BeforeAll
    static void flowsWereSeen() {
        SeenFlows flows = new SeenFlows();
        for (int window = 1; window <= 60; window++) {
            Instant end = START.plusSeconds(10L * window);
            flows.seen("flows", "/acme/shop", "10.77.0.5", false, 1, end)
                    .seen("flows_other_end", "/acme/shop", "10.77.0.5", false, 1, end)
                    .seen("flows", "/acme/shop", "10.77.0.6", true, window, end)
                    .seen("flows", "/acme/shop/below", "10.77.0.7", true, 5, end)
                    .seen("flows", "/acme/shopping", "10.77.0.8", true, 7, end);
        }
        flows.lost("/acme", "capture", 4, START.plusSeconds(300))
                .lost("/acme/shop", "spool", 2, START.plusSeconds(300))
                .lost("/other", "spool", 100, START.plusSeconds(300))
                .write();
    }

    @Test
    void reportsEachFlowOnceWithItsTotal() throws Exception {
        HttpResponse<String> answer = reports(shop, START.plusSeconds(600), 0, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Count-Total")).contains("2");
        JsonNode reports = JSON.readTree(answer.body()).path("flowReports");
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).path("sourceIP").asText()).isEqualTo("10.77.0.5");
        assertThat(reports.get(0).path("value").asLong()).isEqualTo(60);
        assertThat(reports.get(0).path("action").asText()).isEqualTo("Reject");
        assertThat(reports.get(0).path("policyName").asText()).isEqualTo("not-from-dev");
        assertThat(reports.get(0).path("timestamp").asText())
                .isEqualTo(START.plusSeconds(600).toString());
        assertThat(reports.get(1).path("value").asLong()).isEqualTo(60 * 61 / 2);
    }

    @Test
    void countsExactlyTheWindowsOfTheTimeAskedAbout() throws Exception {
        for (int skipped = 0; skipped < 30; skipped += 7) {
            Instant end = START.plusSeconds(600 - 10L * skipped);
            HttpResponse<String> answer =
                    reports(shop, end, 10L * skipped, "&q=" + encoded("action == \"Reject\""));
            assertThat(JSON.readTree(answer.body()).at("/flowReports/0/value").asLong())
                    .as("without the first and the last %d windows", skipped)
                    .isEqualTo(60 - 2L * skipped);
        }
    }

    @Test
    void includesNamespacesBelowOnlyWhenAsked() throws Exception {
        JsonNode reports =
                JSON.readTree(reports(shop, START.plusSeconds(600), 0, "&recursive=true").body())
                        .path("flowReports");
        assertThat(reports.findValuesAsText("sourceIP"))
                .containsExactly("10.77.0.5", "10.77.0.6", "10.77.0.7");
    }

    @Test
    void addsTheOtherEndsRecordsWhenAsked() throws Exception {
        JsonNode reports =
                JSON.readTree(reports(shop, START.plusSeconds(600), 0, "&bothSides=true").body())
                        .path("flowReports");
        assertThat(reports.findValuesAsText("side"))
                .containsExactlyInAnyOrder("source", "destination", "destination");
    }

    @Test
    void namesWhoTalked() throws Exception {
        announce(
                Topic.PROCESSING_UNIT_CHANGED,
                ObjectFixture.processingUnit("dev-host").with("ID", "dev"));
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        JSON.readTree(reports(shop, START.plusSeconds(600), 0, "").body())
                                .at("/flowReports/0/sourceName")
                                .asText()
                                .equals("dev-host"));
    }

    @Test
    void saysWhatWouldHaveAllowedWhatADefaultRejected() throws Exception {
        ObjectFixture web =
                ObjectFixture.processingUnit("web")
                        .in(EXPLAINED)
                        .tagged("app=web")
                        .with("enforcerID", "e1");
        ObjectFixture db =
                ObjectFixture.processingUnit("db")
                        .in(EXPLAINED)
                        .tagged("app=db")
                        .with("enforcerID", "e1");
        Instant window = START.plusSeconds(300);
        new SeenFlows().rejectedByDefault(EXPLAINED, web.id(), db.id(), 5432, window).write();
        AssertedClient asking = shop.in(EXPLAINED);
        assertThat(explanation(asking, "")).as("nothing is known of either end yet").isEmpty();

        announce(Topic.PROCESSING_UNIT_CHANGED, web);
        announce(Topic.PROCESSING_UNIT_CHANGED, db);
        announce(
                Topic.RULESET_CHANGED,
                ObjectFixture.named("networkrulesetpolicy", "web-to-db")
                        .in(EXPLAINED)
                        .with("subject", List.of(List.of("app=db")))
                        .with(
                                "incomingRules",
                                List.of(
                                        Map.of(
                                                "action",
                                                "Allow",
                                                "object",
                                                List.of(List.of("app=web", "env=prod"))))));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(explanation(asking, ""))
                                .isEqualTo(
                                        "No rule lets it reach the destination: `web-to-db` would"
                                                + " allow this if the source had `env=prod`."));
        assertThat(explanation(asking, "&explain=false")).isEmpty();
        AssertedClient blind = asking.as(Callers.administrator(), "reportsquery,post");
        assertThat(explanation(blind, "")).isEmpty();
    }

    @Test
    void saysWhatTheReportLacks() {
        assertThat(reports(shop, START.plusSeconds(600), 0, "").headers().firstValue("X-Messages"))
                .contains(
                        "Enforcers lost 6 flows of this time, which the report lacks (capture 4, spool 2).");
        assertThat(
                        reports(shop, START.plusSeconds(600), 310, "")
                                .headers()
                                .firstValue("X-Messages"))
                .isEmpty();
    }

    @Test
    void takesItsParametersInEveryForm() {
        String query = "sum(sum_over_time(flows{namespace=\"/acme/shop\",accept=\"false\"}[10m]))";
        String time = String.valueOf(START.plusSeconds(600).getEpochSecond());
        String parameters = "?query=" + encoded(query) + "&time=" + time;
        String body = JSON.createObjectNode().put("query", query).put("time", time).toString();
        HttpResponse<String> form =
                shop.send(
                        shop.request("POST", "/metricsquery", null)
                                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(parameters.substring(1)))
                                .build(),
                        BodyHandlers.ofString());
        for (HttpResponse<String> answer :
                List.of(
                        shop.get("/metricsquery" + parameters),
                        shop.get("/v/1/metricsquery" + parameters),
                        shop.get("/metrics" + parameters),
                        shop.post("/metricsquery", body),
                        form)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[%s,\"60\"]}]}}"
                                    .formatted(time));
        }
    }

    @Test
    void answersARange() throws Exception {
        String query = "sum by (accept) (increase(flows{namespace=~\"/acme/shop.*\"}[1m]))";
        HttpResponse<String> answer =
                shop.get(
                        "/metricsqueryrange?step=1m&query=%s&start=%s&end=%s"
                                .formatted(
                                        encoded(query),
                                        START.plusSeconds(60),
                                        START.plusSeconds(600)));
        JsonNode result = JSON.readTree(answer.body()).at("/data/result");
        assertThat(JSON.readTree(answer.body()).at("/data/resultType").asText())
                .as(answer.body())
                .isEqualTo("matrix");
        for (JsonNode series : result) {
            assertThat(series.path("values")).hasSize(10);
            if (series.at("/metric/accept").asText().equals("false")) {
                assertThat(series.path("values"))
                        .allSatisfy(value -> assertThat(value.get(1).asText()).isEqualTo("6"));
            }
        }
        assertThat(result).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sum(sum_over_time(flows{namespace=~\".*\"}[1h]))",
                "sum(sum_over_time(flows{namespace=~\"/acme/shop.*|/.*\"}[1h]))",
                "sum(sum_over_time({__name__=~\"flows\",namespace=~\".+\"}[1h]))",
                "sum(max_over_time((sum(sum_over_time(flows{namespace=~\".*\"}[1h])))[1m:10s]))",
                "sum(sum_over_time((flows{namespace=~\".*\"})[1h] @ end()))",
            })
    void neverAnswersFromOutsideTheNamespace(String query) throws Exception {
        AssertedClient below = shop.in("/acme/shop/below");
        HttpResponse<String> answer =
                below.get(
                        "/metricsquery?query=%s&time=%d"
                                .formatted(
                                        encoded(query), START.plusSeconds(610).getEpochSecond()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (JsonNode element : JSON.readTree(answer.body()).at("/data/result")) {
            assertThat(element.at("/value/1").asText()).isEqualTo("300");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "flows",
                "flows{namespace=\"/acme\"}",
                "flows{namespace=\"/acme/shopping\"}",
                "sum(flows",
                "sum_over_time(flows{namespace=\"/acme/shop\"}[1h]) + nosuchfunction(1)",
            })
    void refusesAQuestionNamingTheAttribute(String query) throws Exception {
        HttpResponse<String> answer = shop.get("/metricsquery?query=" + encoded(query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        JsonNode error = JSON.readTree(answer.body()).path(0);
        assertThat(error.path("subject").asText()).isEqualTo("metrics");
        assertThat(error.at("/data/attribute").asText()).isEqualTo("query");
        assertThat(error.path("description").asText())
                .isNotBlank()
                .doesNotContain("extra_filters", "127.0.0.1");
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThat(shop.post("/reportsqueries", "{\"report\":\"Packets\"}").statusCode())
                .isEqualTo(422);
        assertThat(shop.post("/reportsqueries?unknown=1", "{}").statusCode()).isEqualTo(400);
        assertThat(shop.post("/reportsqueries", "{").statusCode()).isEqualTo(400);
        assertThat(shop.get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void answersInMessagePack() throws Exception {
        HttpResponse<byte[]> answer =
                shop.send(
                        shop.request("POST", "/reportsquery", "{}")
                                .setHeader("Accept", "application/msgpack")
                                .build(),
                        BodyHandlers.ofByteArray());
        JsonNode body = new ObjectMapper(new MessagePackFactory()).readTree(answer.body());
        assertThat(body.path("report").asText()).isEqualTo("Flows");
        assertThat(body.path("flowReports")).hasSize(2);
    }

    @Test
    void answersTheGatewayOnly() {
        HttpResponse<String> answer =
                shop.send(
                        shop.request("GET", "/metricsquery?query=time()", null)
                                .setHeader("X-Namespace", "/")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static String explanation(AssertedClient client, String more) throws Exception {
        HttpResponse<String> answer = reports(client, START.plusSeconds(600), 0, more);
        JsonNode reports = JSON.readTree(answer.body()).path("flowReports");
        assertThat(reports).as(answer.body()).hasSize(1);
        return reports.get(0).path("explanation").asText();
    }

    private static void announce(Topic topic, ObjectFixture object) {
        TestKafka.of(TestInstallation.get())
                .writeObject(
                        topic.topicName(),
                        object.namespace(),
                        object.id(),
                        object.toState(1).toByteArray());
    }

    private static HttpResponse<String> reports(
            AssertedClient client, Instant end, long fromSeconds, String more) {
        return client.post(
                "/reportsqueries?order=sourceIP&startAbsolute=%s&endAbsolute=%s%s"
                        .formatted(START.plusSeconds(fromSeconds), end, more),
                "{\"report\":\"Flows\"}");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
