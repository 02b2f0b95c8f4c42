package io.ringfence.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ringfence.e2e.Shop.Counts;
import io.ringfence.e2e.Shop.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// The main job, told in order on one stack with the demo: discover, forbid, count, take back,
/// restart.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {
    private static final int PORT_BASE = 21000;
    private static final Duration REPORTED_WITHIN = Duration.ofSeconds(30);

    /// An enforcer's window, and a moment to send it.
    private static final Duration ONE_WINDOW = Duration.ofSeconds(12);

    private static final int MANY = 1000;
    private static final int OTHERS = 4;
    private static final Way ALLOWED = new Way("client", "frontend", 8080);
    private static final Way FORBIDDEN = new Way("dev", "db", 5432);

    private final Stack stack = Stack.fresh(PORT_BASE);
    private Shop shop;

    @BeforeAll
    void bringUp() {
        stack.up("--demo").succeeded();
        assertThat(stack.status().path("ready").asBoolean()).isTrue();
        shop = Shop.of(stack);
    }

    @AfterAll
    void takeDown() {
        stack.down();
    }

    @Test
    @Order(1)
    void discoveryModeLetsEverythingFlowAndReportsItAsDefault() {
        List<Way> ways =
                List.of(
                        ALLOWED,
                        new Way("frontend", "api", 8081),
                        new Way("api", "db", 5432),
                        FORBIDDEN);
        for (Way way : ways) {
            assertThat(connected(way, 1)).as(way.toString()).isEqualTo(1);
        }
        assertThat(shop.connectUdp("frontend", "api", 8125, 1).path("connected").asInt())
                .isEqualTo(1);
        for (Way way : ways) {
            await().atMost(REPORTED_WITHIN)
                    .untilAsserted(() -> {
                        List<JsonNode> flows = shop.flows(way);
                        assertThat(flows).as(way.toString()).isNotEmpty();
                        assertThat(flows)
                                .allSatisfy(flow -> {
                                    assertThat(flow.path("action").asText()).isEqualTo("Accept");
                                    assertThat(flow.path("policyID").asText()).isEqualTo("default");
                                    assertThat(flow.path("sourceType").asText())
                                            .isEqualTo("ProcessingUnit");
                                    assertThat(flow.path("destinationType").asText())
                                            .isEqualTo("ProcessingUnit");
                                });
                    });
        }
    }

    @Test
    @Order(2)
    void theImportCutsWhatItForbidsWithinASecondAndNothingElse() throws Exception {
        String db = shop.address("db");
        Process talking =
                shop.start(
                        "dev",
                        "exec 3<>/dev/tcp/"
                                + db
                                + "/5432; while echo hello >&3 && read -t 5 -u 3 line; do echo talking; sleep 0.02; done; date +%s%3N");
        Process trying = shop.tryUntil(FORBIDDEN, "refused");
        BufferedReader talk = talking.inputReader();
        assertThat(talk.readLine()).isEqualTo("talking");
        assertThat(trying.inputReader().readLine()).endsWith("open");

        Stack.Answer answer = stack.call("POST", "/import", Shop.NAMESPACE, importRequest());
        long answered = System.currentTimeMillis();
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);

        long refused = Long.parseLong(lastLine(trying).split(" ")[0]);
        long cut = Long.parseLong(lastLine(talk));
        System.out.println(
                "refused "
                        + (refused - answered)
                        + " ms, open connection cut "
                        + (cut - answered)
                        + " ms after the API's answer");
        shop.happened(FORBIDDEN, new Counts(0, 1));
        assertThat(refused - answered).isLessThan(1000);
        assertThat(cut - answered).isLessThan(1000);
        assertThat(connected(ALLOWED, 1)).isEqualTo(1);
        assertThat(refused(FORBIDDEN, 1)).isEqualTo(1);
    }

    @Test
    @Order(3)
    void everyConnectionIsReportedExactlyOnce() {
        connectMany(() -> {});
        awaitReports();
    }

    @Test
    @Order(4)
    void everyConnectionIsReportedExactlyOnceThoughIngestIsKilled() {
        connectMany(() -> kill("flow-ingest-service"));
        awaitReports();
        await().during(ONE_WINDOW)
                .atMost(ONE_WINDOW.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(this::reportsTellTheTruth);
        assertThat(shop.flows(FORBIDDEN))
                .filteredOn(flow -> flow.path("action").asText().equals("Reject"))
                .isNotEmpty()
                .allSatisfy(flow ->
                        assertThat(flow.path("ruleName").asText()).isEqualTo("not-from-dev"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> stack.status().path("ready").asBoolean());
    }

    /// A thousand that are allowed beside a thousand that are not.
    private void connectMany(Runnable inTheMiddle) {
        CompletableFuture<Long> allowed =
                CompletableFuture.supplyAsync(() -> connected(ALLOWED, MANY / 2));
        assertThat(refused(FORBIDDEN, MANY / 2)).isEqualTo(MANY / 2);
        inTheMiddle.run();
        assertThat(refused(FORBIDDEN, MANY / 2)).isEqualTo(MANY / 2);
        assertThat(allowed.join()).isEqualTo(MANY / 2);
        assertThat(connected(ALLOWED, MANY / 2)).isEqualTo(MANY / 2);
    }

    private long connected(Way way, int count) {
        return shop.connect(way.from(), way.to(), way.port(), count).path("connected").asLong();
    }

    private long refused(Way way, int count) {
        return shop.connect(way.from(), way.to(), way.port(), count).path("refused").asLong();
    }

    private void awaitReports() {
        await().atMost(REPORTED_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(this::reportsTellTheTruth);
    }

    private void reportsTellTheTruth() {
        assertThat(shop.reported(ALLOWED)).isEqualTo(shop.truth(ALLOWED));
        assertThat(shop.reported(FORBIDDEN).rejected()).isEqualTo(shop.truth(FORBIDDEN).rejected());
    }

    private void kill(String process) {
        assertThat(ProcessHandle.of(stack.pidOf(process)).orElseThrow().destroyForcibly()).isTrue();
    }

    @Test
    @Order(5)
    void metricsAgreeWithTheReports() {
        String query = "sum(sum_over_time(flows{namespace=\"/acme/shop\",accept=\"false\"}[1h]))";
        Stack.Answer answer =
                stack.call("GET", "/metricsquery?query=" + Shop.encoded(query), Shop.NAMESPACE, "");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        long rejected = answer.body().at("/data/result/0/value/1").asLong();
        assertThat(rejected).isEqualTo(shop.truth(FORBIDDEN).rejected());
        CommandLine.Result table =
                stack.ringfence("reportsquery", "flows", "-n", Shop.NAMESPACE, "-o", "table")
                        .succeeded();
        assertThat(table.output()).contains("not-from-dev").contains("Reject").contains("Accept");
    }

    @Test
    @Order(6)
    void aRejectionByDefaultNamesTheNearestRuleAndWhatIsMissing() {
        Way way = new Way("dev", "api", 8081);
        turnIncomingDefault("Reject");
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> refused(way, 1) == 1);
            await().atMost(REPORTED_WITHIN)
                    .untilAsserted(() ->
                            assertThat(shop.flows(way))
                                    .filteredOn(
                                            flow -> flow.path("action").asText().equals("Reject"))
                                    .isNotEmpty()
                                    .allSatisfy(flow -> {
                                        assertThat(flow.path("policyID").asText())
                                                .isEqualTo("default");
                                        assertThat(flow.path("explanation").asText())
                                                .contains("from-frontend", "app=frontend");
                                    }));
        } finally {
            turnIncomingDefault("Inherit");
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> connected(way, 1) == 1);
    }

    private void turnIncomingDefault(String action) {
        JsonNode shopNamespace =
                StreamSupport.stream(list("namespaces", "/acme").spliterator(), false)
                        .filter(each -> each.path("name").asText().equals(Shop.NAMESPACE))
                        .findFirst()
                        .orElseThrow();
        Stack.Answer answer =
                stack.call(
                        "PATCH",
                        "/namespaces/" + shopNamespace.path("ID").asText(),
                        "/acme",
                        "{\"defaultPUIncomingTrafficAction\": \"%s\"}".formatted(action));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    @Order(7)
    void importingAgainChangesNothing() {
        JsonNode before = list("networkrulesetpolicies", Shop.NAMESPACE);
        stack.ringfence("api", "import", "-f", "demo/shop.yaml", "-n", Shop.NAMESPACE).succeeded();
        assertThat(list("networkrulesetpolicies", Shop.NAMESPACE)).isEqualTo(before);
    }

    /// The default rejects, so that an address without an owner gets nowhere.
    @Test
    @Order(8)
    void anAddressIsJudgedByWhoHasItNow() throws Exception {
        Way asFrontend = new Way("client", "api", 8081);
        String client = unit("client");
        turnIncomingDefault("Reject");
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> refused(asFrontend, 1) == 1);
            String successor = claiming("client", "app=frontend");
            assertThat(connected(ALLOWED, 1)).as("it is the older one's").isEqualTo(1);

            becomes(
                    ALLOWED,
                    "refused",
                    () -> patch(client, "{\"operationalStatus\": \"Terminated\"}"));
            assertThat(connected(asFrontend, 1)).as("it is the successor's").isEqualTo(1);

            becomes(
                    asFrontend,
                    "refused",
                    () -> ok(stack.call("DELETE", successor, Shop.NAMESPACE, "")));
            assertThat(refused(ALLOWED, 1)).as("it is nobody's").isEqualTo(1);

            becomes(ALLOWED, "open", () -> patch(client, "{\"operationalStatus\": \"Running\"}"));
            assertThat(refused(asFrontend, 1)).as("it is as before").isEqualTo(1);
        } finally {
            turnIncomingDefault("Inherit");
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> connected(asFrontend, 1) == 1);
    }

    /// Within a second, and policy-service counts for how long each other host judged by the former
    /// owner: no longer than it takes to see all of that from outside.
    private void becomes(Way way, String outcome, Runnable change) throws Exception {
        Freshness before = Freshness.of(stack);
        Process trying = shop.tryUntil(way, outcome);
        assertThat(trying.inputReader().readLine()).doesNotEndWith(outcome);
        long began = System.currentTimeMillis();
        change.run();
        long answered = System.currentTimeMillis();
        String last = lastLine(trying);
        assertThat(last).endsWith(outcome);
        long judged = Long.parseLong(last.split(" ")[0]);
        assertThat(judged - answered).isLessThan(1000);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Freshness.of(stack).since(before).count() >= OTHERS);
        Freshness counted = Freshness.of(stack).since(before);
        long seen = System.currentTimeMillis() - began;
        System.out.println(
                "%s %d ms after the API's answer; %s in %d ms"
                        .formatted(outcome, judged - answered, counted, seen));
        assertThat(counted.sumSeconds()).isPositive().isLessThan(counted.count() * seen / 1000.0);
    }

    private String claiming(String host, String tag) {
        Stack.Answer answer =
                stack.call(
                        "POST",
                        "/processingunits",
                        Shop.NAMESPACE,
                        """
                        {"name": "successor", "type": "Docker", "operationalStatus": "Running",
                         "addresses": ["%s"], "associatedTags": ["%s"]}
                        """
                                .formatted(shop.address(host), tag));
        ok(answer);
        return "/processingunits/" + answer.body().path("ID").asText();
    }

    private void patch(String path, String body) {
        ok(stack.call("PATCH", path, Shop.NAMESPACE, body));
    }

    private String unit(String name) {
        for (JsonNode unit : list("processingunits", Shop.NAMESPACE)) {
            if (unit.path("name").asText().equals(name)) {
                return "/processingunits/" + unit.path("ID").asText();
            }
        }
        throw new AssertionError("no unit " + name);
    }

    private static void ok(Stack.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    @Order(9)
    void everythingIsStillThereAfterDownAndUp() {
        JsonNode rulesets = list("networkrulesetpolicies", Shop.NAMESPACE);
        JsonNode namespaces = list("namespaces", "/acme");
        Counts reported = shop.reported(FORBIDDEN);
        List<String> left = shop.networkNamespaces().values().stream().toList();

        stack.down().succeeded();
        assertThat(CommandLine.run(List.of("ip", "netns", "list")).output()).doesNotContain(left);
        assertThat(CommandLine.run(List.of("ip", "-o", "link", "show")).output())
                .doesNotContain("rfbr" + PORT_BASE);
        assertThat(stack.status().path("ready").asBoolean()).isFalse();

        stack.up("--demo").succeeded();
        shop = Shop.of(stack);
        assertThat(list("networkrulesetpolicies", Shop.NAMESPACE)).isEqualTo(rulesets);
        assertThat(list("namespaces", "/acme")).isEqualTo(namespaces);
        assertThat(shop.reported(FORBIDDEN)).isEqualTo(reported);
        assertThat(refused(FORBIDDEN, 1)).isEqualTo(1);
        assertThat(connected(ALLOWED, 1)).isEqualTo(1);
    }

    @Test
    @Order(10)
    void takingTheImportBackBringsDevBack() {
        stack.ringfence("api", "import", "-f", "demo/shop.yaml", "-n", Shop.NAMESPACE, "--delete")
                .succeeded();
        await().atMost(Duration.ofSeconds(5)).until(() -> connected(FORBIDDEN, 1) == 1);
        assertThat(list("networkrulesetpolicies", Shop.NAMESPACE)).isEmpty();
        assertThat(list("externalnetworks", Shop.NAMESPACE)).isEmpty();
    }

    @Test
    @Order(11)
    void whatAnImportWaitedForIsInForceAtOnce() {
        for (int round = 0; round < 3; round++) {
            CommandLine.Result imported = importing("--wait");
            assertThat(imported.error()).contains("enforced on 5 of 5");
            assertThat(refused(FORBIDDEN, 1)).as("round %d", round).isEqualTo(1);
            assertThat(connected(ALLOWED, 1)).as("round %d", round).isEqualTo(1);
            importing("--delete", "--wait");
            assertThat(connected(FORBIDDEN, 1)).as("round %d", round).isEqualTo(1);
        }
        JsonNode status = stack.json("policy", "status", "--wait", "-n", "/acme", "-o", "json");
        assertThat(status.path("status").asText()).isEqualTo("Enforced");
        assertThat(status.path("slowest").path("milliseconds").asLong()).isPositive();
    }

    private CommandLine.Result importing(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("api", "import", "-f", "demo/shop.yaml", "-n", Shop.NAMESPACE));
        arguments.addAll(List.of(more));
        return stack.ringfence(arguments.toArray(String[]::new)).succeeded();
    }

    private JsonNode list(String plural, String namespace) {
        return stack.json("api", "list", plural, "-n", namespace, "-o", "json");
    }

    private static String importRequest() throws IOException {
        ObjectNode request = Stack.JSON.createObjectNode().put("mode", "Import");
        request.set(
                "data",
                new YAMLMapper().readTree(Files.readAllBytes(Path.of("../demo/shop.yaml"))));
        return request.toString();
    }

    private static String lastLine(Process process) throws Exception {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
        return lastLine(process.inputReader());
    }

    private static String lastLine(BufferedReader reader) throws IOException {
        String last = "";
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            last = line;
        }
        return last;
    }
}
