package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the ends of flows are called today. An end that is gone, or that the caller may not read,
/// is shown by its address.
record EndpointNames(Map<String, String> nameOfId) {
    private static final List<String> KINDS = List.of("/processingunits", "/externalnetworks");

    static EndpointNames read(ApiClient client, String namespace) {
        Map<String, String> names = new HashMap<>();
        for (String kind : KINDS) {
            try {
                List<Parameter> below = List.of(new Parameter("recursive", "true"));
                for (JsonNode object : client.call("GET", kind, namespace, below, null).body()) {
                    names.put(object.path("ID").asText(), object.path("name").asText());
                }
            } catch (UserError notReadable) {
                System.err.println("ringfence: names are left out: " + notReadable.getMessage());
            }
        }
        return new EndpointNames(names);
    }

    /// Adds `sourceName` and `destinationName`.
    void addTo(JsonNode flows) {
        for (JsonNode flow : flows) {
            if (flow instanceof ObjectNode row) {
                row.put("sourceName", name(row, "source"));
                row.put("destinationName", name(row, "destination"));
            }
        }
    }

    private String name(ObjectNode flow, String end) {
        String address = flow.path(end + "IP").asText();
        return nameOfId.getOrDefault(flow.path(end + "ID").asText(), address);
    }
}
