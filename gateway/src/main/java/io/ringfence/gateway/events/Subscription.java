package io.ringfence.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.gateway.filter.ObjectFilter;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a client wants to hear of.
///
/// @param types by identity; empty: everything; an identity without types: all types of it
/// @param filters by identity, which is among those of `types`
record Subscription(Map<String, Set<EventType>> types, Map<String, ObjectFilter> filters) {
    /// Until the client says what it wants.
    static final Subscription EVERYTHING = new Subscription(Map.of(), Map.of());

    private static final int MAX_IDENTITIES = 200;

    Subscription {
        types = Map.copyOf(types);
        filters = Map.copyOf(filters);
    }

    /// Reads `{"identities": {…}, "filters": {…}, "parameters": {…}}`. Parameters mean nothing here
    /// and are not looked at.
    ///
    /// @throws ApiException 422, naming the part
    static Subscription of(ObjectNode message) {
        Map<String, Set<EventType>> types = new HashMap<>();
        for (var entry : part(message, "identities").properties()) {
            types.put(entry.getKey(), types(entry.getKey(), entry.getValue()));
        }
        if (types.size() > MAX_IDENTITIES) {
            throw invalid("identities", "At most " + MAX_IDENTITIES + " identities.");
        }
        Map<String, ObjectFilter> filters = new HashMap<>();
        for (var entry : part(message, "filters").properties()) {
            if (!types.containsKey(entry.getKey())) {
                throw invalid(
                        "filters",
                        "There is a filter for "
                                + entry.getKey()
                                + ", but it is not in identities.");
            }
            filters.put(
                    entry.getKey(),
                    EventFilters.parse(
                            entry.getKey(), entry.getValue().asText(), Clock.systemUTC()));
        }
        return new Subscription(types, filters);
    }

    /// Whether an event is wanted, as far as that can be said without its content.
    boolean wants(String identity, EventType type) {
        if (types.isEmpty()) {
            return true;
        }
        Set<EventType> wanted = types.get(identity);
        return wanted != null && (wanted.isEmpty() || wanted.contains(type));
    }

    Optional<ObjectFilter> filter(String identity) {
        return Optional.ofNullable(filters.get(identity));
    }

    private static JsonNode part(ObjectNode message, String name) {
        JsonNode part = message.path(name);
        if (!part.isObject() && !part.isNull() && !part.isMissingNode()) {
            throw invalid(name, "Write " + name + " as an object with an entry per identity.");
        }
        return part;
    }

    private static Set<EventType> types(String identity, JsonNode words) {
        if (!words.isArray() && !words.isNull()) {
            throw invalid("identities", "Write the event types of " + identity + " as a list.");
        }
        Set<EventType> types = new HashSet<>();
        for (JsonNode word : words) {
            types.add(
                    EventType.asked(word.asText())
                            .orElseThrow(() ->
                                    invalid(
                                            "identities",
                                            "The event types of "
                                                    + identity
                                                    + " are create, update, delete and error.")));
        }
        return types;
    }

    private static ApiException invalid(String attribute, String description) {
        return Fault.invalid(attribute, description).asException();
    }
}
