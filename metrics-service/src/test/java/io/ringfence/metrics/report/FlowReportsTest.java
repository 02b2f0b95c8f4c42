package io.ringfence.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowReportsTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final List<FlowSummary> FLOWS =
            List.of(
                    flow("10.0.0.1", "443", "Accept", 5, 50),
                    flow("10.0.0.2", "5432", "Reject", 1_000, 10),
                    flow("10.0.0.3", "53", "Accept", 7, 30));

    @Test
    void speaksTheWordsOfTheFlowReport() throws Exception {
        FlowSummary flow =
                new FlowSummary(
                        Map.ofEntries(
                                Map.entry("accept", "false"),
                                Map.entry("action", "Reject"),
                                Map.entry("destination_id", "d"),
                                Map.entry("destination_ip", "10.0.0.9"),
                                Map.entry("destination_namespace", "/acme/shop"),
                                Map.entry("destination_port", "5432"),
                                Map.entry("destination_type", "ProcessingUnit"),
                                Map.entry("enforcer_id", "e"),
                                Map.entry("namespace", "/acme/shop"),
                                Map.entry("observed_action", "Accept"),
                                Map.entry("observed_policy_id", "o"),
                                Map.entry("observed_policy_namespace", "/acme"),
                                Map.entry("policy_id", "p"),
                                Map.entry("policy_name", "not-from-dev"),
                                Map.entry("policy_namespace", "/acme/shop"),
                                Map.entry("protocol", "6"),
                                Map.entry("remote_namespace", "/acme/dev"),
                                Map.entry("rule_name", "r"),
                                Map.entry("side", "destination"),
                                Map.entry("source_id", "somewhere"),
                                Map.entry("source_ip", "10.0.0.1"),
                                Map.entry("source_type", "ExternalNetwork")),
                        12,
                        Instant.parse("2026-11-23T11:59:50Z"));
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(flow.toJson(id -> id.equals("d") ? "db" : "").toString()))
                .isEqualTo(
                        json.readTree(
                                """
                                {"action":"Reject","destinationID":"d","destinationIP":"10.0.0.9",
                                 "destinationNamespace":"/acme/shop","destinationType":"ProcessingUnit","destinationName":"db","sourceName":"",
                                 "enforcerID":"e","namespace":"/acme/shop","observedPolicyID":"o",
                                 "observedPolicyNamespace":"/acme","policyID":"p","policyName":"not-from-dev",
                                 "policyNamespace":"/acme/shop","remoteNamespace":"/acme/dev","ruleName":"r",
                                 "side":"destination","sourceID":"somewhere","sourceIP":"10.0.0.1",
                                 "sourceNamespace":"","sourceType":"ExternalNetwork","destinationPort":5432,
                                 "protocol":6,"dropReason":"policy","encrypted":false,"explanation":"","observed":true,
                                 "observedAction":"Accept","serviceType":"NotApplicable",
                                 "timestamp":"2026-11-23T11:59:50Z","value":12}
                                """));
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "action == \"Reject\" | 10.0.0.2",
                "action != Reject | 10.0.0.1 10.0.0.3",
                "destinationPort == 443 | 10.0.0.1",
                "destinationPort > 400 and destinationPort < 500 | 10.0.0.1",
                "value >= 7 | 10.0.0.3 10.0.0.2",
                "destinationPort in [443, 53] | 10.0.0.1 10.0.0.3",
                "destinationPort not in [443, 53] | 10.0.0.2",
                "sourceIP matches \".*[.][12]$\" | 10.0.0.1 10.0.0.2",
                "observed == true | ''",
                "observed == false and action == Reject | 10.0.0.2",
                "policyID not exists | 10.0.0.1 10.0.0.3 10.0.0.2",
                "timestamp > date(\"2026-11-23T11:00:20Z\") | 10.0.0.1 10.0.0.3",
                "action == Reject or destinationPort == 53 | 10.0.0.3 10.0.0.2",
            })
    void filters(String filter, String sources) {
        assertThat(sources(choose(Map.of("q", filter)).reports())).isEqualTo(sources);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "-timestamp, 10.0.0.1 10.0.0.3 10.0.0.2",
        "value, 10.0.0.1 10.0.0.3 10.0.0.2",
        "-value, 10.0.0.2 10.0.0.3 10.0.0.1",
        "destinationPort, 10.0.0.3 10.0.0.1 10.0.0.2",
    })
    void orders(String order, String sources) {
        assertThat(sources(choose(Map.of("order", order)).reports())).isEqualTo(sources);
    }

    @Test
    void answersAPageAndHowManyThereAreInAll() {
        FlowReports.Chosen second = choose(Map.of("order", "value", "page", "2", "pagesize", "2"));
        assertThat(sources(second.reports())).isEqualTo("10.0.0.2");
        assertThat(second.total()).isEqualTo(3);
    }

    @Test
    void readsScopeAndSides() {
        ReportRequest request = request(Map.of("recursive", "true", "bothSides", "true"));
        assertThat(request.scope().recursive()).isTrue();
        assertThat(request.bothSides()).isTrue();
        assertThat(request(Map.of()).bothSides()).isFalse();
        assertThat(request(Map.of()).explain()).isTrue();
        assertThat(request(Map.of("explain", "false")).explain()).isFalse();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "unknown, 1",
        "q, color == red",
        "q, action ==",
        "order, color",
        "bothSides, maybe",
        "explain, maybe",
        "q, explanation exists",
        "after, abc",
        "page, x",
        "q, sourceIP matches \"(\"",
        "q, sourceIP matches \"(([0-9.]+)+)+x\"",
    })
    void refuses(String name, String value) {
        FlowSummary longOne = flow("1".repeat(200), "1", "Accept", 1, 1);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        FlowReports.choose(
                                List.of(longOne),
                                id -> "",
                                request(Map.of(name, value)).selection()))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"report\":\"Packets\"}",
                "{\"report\":\"Enforcers\"}",
                "{\"report\":\"Nonsense\"}",
                "{\"report\":7}",
                "{\"reports\":\"Flows\"}",
            })
    void refusesReportsThatHaveNothingToSay(String body) throws Exception {
        ObjectNode sent = (ObjectNode) new ObjectMapper().readTree(body);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ReportsQuery.check(sent))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(422));
    }

    @Test
    void takesWhatThe50ClientSends() throws Exception {
        ReportsQuery.check(
                (ObjectNode)
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"report":"Flows","flowReports":[],"DNSLookupReports":[],"eventLogs":[],
                                         "connectionExceptionReports":[],"counterReports":[],"enforcerReports":[],
                                         "packetReports":[]}
                                        """));
        assertThat(ReportsQuery.answer(List.of()).path("flowReports").isArray()).isTrue();
    }

    private static FlowReports.Chosen choose(Map<String, String> parameters) {
        return FlowReports.choose(FLOWS, id -> "", request(parameters).selection());
    }

    private static ReportRequest request(Map<String, String> parameters) {
        Map<String, List<String>> many = new HashMap<>();
        parameters.forEach((name, value) -> many.put(name, List.of(value)));
        return ReportRequest.of(many, "/acme", NOON);
    }

    private static String sources(List<ObjectNode> reports) {
        return String.join(
                " ", reports.stream().map(report -> report.path("sourceIP").asText()).toList());
    }

    private static FlowSummary flow(
            String source, String port, String action, long value, int second) {
        return new FlowSummary(
                Map.of("source_ip", source, "destination_port", port, "action", action),
                value,
                Instant.parse("2026-11-23T11:00:00Z").plusSeconds(second));
    }
}
