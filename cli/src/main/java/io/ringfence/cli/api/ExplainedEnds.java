package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the ends of a connection as people write them.
record ExplainedEnds(ApiClient client, String namespace) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

    ObjectNode read(String end) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (end.contains("=")) {
            return hypothetical(end, json);
        }
        if (ADDRESS.matcher(end).matches()) {
            return json.put("address", end);
        }
        return json.put("processingUnitID", ID.matcher(end).matches() ? end : idOf(end));
    }

    private ObjectNode hypothetical(String end, ObjectNode json) {
        int colon = end.startsWith("/") ? end.indexOf(':') : -1;
        json.put("namespace", colon < 0 ? namespace : end.substring(0, colon));
        ArrayNode tags = json.putArray("tags");
        for (String tag : end.substring(colon + 1).split(",")) {
            tags.add(tag);
        }
        return json;
    }

    private String idOf(String name) {
        List<Parameter> query =
                List.of(
                        new Parameter("recursive", "true"),
                        new Parameter("q", "name == \"%s\"".formatted(name.replace("\"", ""))));
        JsonNode found = client.call("GET", "/processingunits", namespace, query, null).body();
        if (found.size() != 1) {
            throw new UserError(
                    "%d processing units in %s and below are called '%s'; name one by its ID"
                            .formatted(found.size(), namespace, name));
        }
        return found.get(0).path("ID").asText();
    }
}
