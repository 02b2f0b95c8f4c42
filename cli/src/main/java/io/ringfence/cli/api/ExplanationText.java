package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// An explanation for people.
final class ExplanationText {
    private ExplanationText() {}

    static String of(JsonNode explanation) {
        StringBuilder text = new StringBuilder();
        text.append(explanation.path("action").asText()).append("\n\n");
        addSide(text, "outgoing", explanation.path("outgoing"));
        addSide(text, "incoming", explanation.path("incoming"));
        return text.append('\n').append(explanation.path("text").asText()).append('\n').toString();
    }

    private static void addSide(StringBuilder text, String direction, JsonNode side) {
        text.append(
                "%s  %-13s  %s"
                        .formatted(direction, side.path("action").asText(), who(side))
                        .stripTrailing());
        text.append('\n');
        if (side.path("observed").asBoolean()) {
            text.append(
                    "          observed: %s (%s)\n"
                            .formatted(
                                    side.path("observedAction").asText(),
                                    side.path("observedPolicyNamespace").asText()));
        }
        for (JsonNode near : side.path("nearest")) {
            text.append("          nearest: %s: %s\n".formatted(named(near), missing(near)));
        }
    }

    private static String who(JsonNode side) {
        if (side.path("action").asText().equals("NotApplicable")) {
            return "nobody enforces there";
        }
        if (side.path("withheld").asBoolean()) {
            return "a ruleset you may not read";
        }
        return side.path("default").asBoolean()
                ? "the default of " + side.path("policyNamespace").asText()
                : named(side);
    }

    private static String named(JsonNode rule) {
        String name = rule.path("ruleName").asText();
        return "%s%s (%s)"
                .formatted(
                        rule.path("policyName").asText(),
                        name.isEmpty() ? "" : ", rule " + name,
                        rule.path("policyNamespace").asText());
    }

    private static String missing(JsonNode near) {
        List<String> parts = new ArrayList<>();
        add(parts, "the source lacks ", near.path("missingOnSource"));
        add(parts, "the destination lacks ", near.path("missingOnDestination"));
        add(parts, "it is for ", near.path("protocolPorts"));
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String intro, JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(each -> all.add(each.asText()));
        if (!all.isEmpty()) {
            parts.add(intro + String.join(", ", all));
        }
    }
}
