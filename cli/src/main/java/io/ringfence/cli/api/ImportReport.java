package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/// What an import did, or would do, for people to read.
final class ImportReport {
    private static final int LONGEST_VALUE = 100;

    private final StringBuilder text = new StringBuilder();

    private ImportReport() {}

    static String of(String namespace, JsonNode answer) {
        ImportReport report = new ImportReport();
        report.summary(namespace, answer);
        answer.path("changes").forEach(report::change);
        answer.path("skipped").forEach(report::skipped);
        return report.text.toString();
    }

    private void summary(String namespace, JsonNode answer) {
        boolean isPlan = answer.path("plan").asBoolean();
        line(
                "%s '%s' in %s: %d %s, %d %s, %d %s, %d unchanged",
                isPlan ? "Plan for" : "Imported",
                answer.path("data").path("label").asText(),
                namespace,
                answer.path("created").asInt(),
                isPlan ? "to create" : "created",
                answer.path("updated").asInt(),
                isPlan ? "to update" : "updated",
                answer.path("deleted").asInt(),
                isPlan ? "to delete" : "deleted",
                answer.path("unchanged").asInt());
    }

    private void change(JsonNode change) {
        String sign =
                switch (change.path("operation").asText()) {
                    case "create" -> "+";
                    case "delete" -> "-";
                    default -> "~";
                };
        line("  %s %s %s", sign, change.path("identity").asText(), change.path("name").asText());
        change.path("difference")
                .properties()
                .forEach(each ->
                        line(
                                "      %s: %s -> %s",
                                each.getKey(),
                                shown(each.getValue().path(0)),
                                shown(each.getValue().path(1))));
    }

    private void skipped(JsonNode skipped) {
        line(
                "Skipped %d %s: %s",
                skipped.path("objects").asInt(),
                skipped.path("key").asText(),
                skipped.path("reason").asText());
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }

    private static String shown(JsonNode value) {
        String whole = value.toString();
        return whole.length() <= LONGEST_VALUE ? whole : whole.substring(0, LONGEST_VALUE) + "…";
    }
}
