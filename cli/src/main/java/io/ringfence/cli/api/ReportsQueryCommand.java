package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Answer;
import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence reportsquery flows`.
@Command(
        name = "reportsquery",
        mixinStandardHelpOptions = true,
        description = "Who talked to whom, allowed or not, by which ruleset, how often.")
public final class ReportsQueryCommand implements Callable<Integer> {
    private static final List<String> FLOW_COLUMNS =
            List.of(
                    "timestamp",
                    "sourceName",
                    "destinationName",
                    "protocol",
                    "destinationPort",
                    "action",
                    "policyName",
                    "ruleName",
                    "value",
                    "explanation");

    @Mixin private ApiOption api = new ApiOption();
    @Mixin private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "REPORT", description = "flows")
    private String report = "flows";

    @Option(
            names = {"-f", "--filter"},
            description = "Filter, such as: action == \"Reject\"")
    private @Nullable String filter;

    @Option(
            names = {"-r", "--recursive"},
            description = "Namespaces below as well.")
    private boolean recursive;

    @Option(
            names = "--both-sides",
            description = "What each end reported, instead of each flow once.")
    private boolean bothSides;

    @Option(names = "--from", description = "Start, RFC 3339.")
    private @Nullable String from;

    @Option(names = "--to", description = "End, RFC 3339.")
    private @Nullable String to;

    @Option(names = "--from-rel", description = "Start, so long ago: 10m, 1h (default: 1h).")
    private @Nullable String fromRelative;

    @Option(names = "--to-rel", description = "End, so long ago.")
    private @Nullable String toRelative;

    @Override
    public Integer call() {
        if (!report.toLowerCase(Locale.ROOT).equals("flows")) {
            throw new UserError(
                    "This console answers the report 'flows'; '"
                            + report
                            + "' is not one of its reports.");
        }
        ObjectNode request = new ObjectMapper().createObjectNode().put("report", "Flows");
        ApiClient client = api.client();
        Answer answer = client.call("POST", "/reportsqueries", api.namespace(), window(), request);
        JsonNode flows = answer.body().path("flowReports");
        String messages = answer.header("x-messages");
        if (!messages.isEmpty()) {
            System.err.println("ringfence: " + messages);
        }
        if (output.format() == Output.Format.TABLE && !flows.isEmpty()) {
            EndpointNames.read(client, api.namespace()).addTo(flows);
        }
        Output.print(output, flows, FLOW_COLUMNS);
        return 0;
    }

    private List<Parameter> window() {
        List<Parameter> query = new ArrayList<>();
        add(query, "q", filter);
        add(query, "startAbsolute", from);
        add(query, "endAbsolute", to);
        add(
                query,
                "startRelative",
                from == null && fromRelative == null ? "-1h" : ago(fromRelative));
        boolean untilNow = from != null && to == null && toRelative == null;
        add(query, "endRelative", untilNow ? "0s" : ago(toRelative));
        add(query, "recursive", recursive ? "true" : null);
        add(query, "bothSides", bothSides ? "true" : null);
        return query;
    }

    private static @Nullable String ago(@Nullable String duration) {
        return duration == null || duration.startsWith("-") ? duration : "-" + duration;
    }

    private static void add(List<Parameter> query, String name, @Nullable String value) {
        if (value != null) {
            query.add(new Parameter(name, value));
        }
    }
}
