package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence policy …`: questions about what the rulesets come to.
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Ask what the rulesets come to.")
public final class PolicyCommands {
    private static final List<String> UNSETTLED =
            List.of("ID", "name", "namespace", "status", "version", "error");

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = {
                "Why a connection passes or not, and what is missing.",
                "An end is a processing unit (its ID or name), an address, or one that could be:",
                "its tags, as in app=web,env=prod or /acme/shop:app=web.",
                "The traffic is tcp/443, udp/53, icmp, icmp/8/0, or another protocol."
            })
    int explain(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "SOURCE") String source,
            @Parameters(paramLabel = "DESTINATION") String destination,
            @Parameters(paramLabel = "TRAFFIC") String traffic) {
        ApiClient client = api.client();
        ExplainedEnds ends = new ExplainedEnds(client, api.namespace());
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set("source", ends.read(source));
        question.set("destination", ends.read(destination));
        addTraffic(question, traffic);
        JsonNode answer =
                client.call("POST", "/explanations", api.namespace(), List.of(), question).body();
        if (output.format() == Output.Format.TABLE) {
            System.out.print(ExplanationText.of(answer));
        } else {
            Output.print(output.format(), answer);
        }
        return 0;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Which enforcers of the namespace, and below, enforce what is stored.",
                "With --wait, until they do: exit code 6 if one refuses or the time is over."
            })
    int status(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Option(
                            names = "--wait",
                            arity = "0..1",
                            paramLabel = "VERSION",
                            fallbackValue = "",
                            description = "Wait for this revision; without one, for the newest.")
                    @Nullable String revision,
            @Option(
                            names = "--timeout",
                            defaultValue = "30s",
                            description = "How long to wait (default: ${DEFAULT-VALUE}).")
                    String timeout) {
        Duration atMost = Durations.parse(timeout);
        Enforcement enforcement = new Enforcement(api.client(), api.namespace());
        JsonNode answer =
                revision == null ? enforcement.status() : enforcement.await(revision, atMost);
        if (output.format() == Output.Format.TABLE) {
            System.out.println(answer.path("text").asText());
            if (!answer.path("unsettled").isEmpty()) {
                Output.print(output, answer.path("unsettled"), UNSETTLED);
            }
        } else {
            Output.print(output.format(), answer);
        }
        if (revision != null && !Enforcement.isEnforced(answer)) {
            throw Enforcement.lacking(answer, atMost);
        }
        return 0;
    }

    private static void addTraffic(ObjectNode question, String traffic) {
        String[] parts = traffic.split("/");
        question.put("protocol", parts[0]);
        boolean icmp = parts[0].toLowerCase(Locale.ROOT).startsWith("icmp");
        if (parts.length > 1) {
            question.put(icmp ? "icmpType" : "port", number(traffic, parts[1]));
        }
        if (parts.length > 2) {
            question.put("icmpCode", number(traffic, parts[2]));
        }
    }

    private static int number(String traffic, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UserError(
                    "'%s' is no traffic: write tcp/443, udp/53, icmp/8/0 or a protocol's name"
                            .formatted(traffic));
        }
    }
}
