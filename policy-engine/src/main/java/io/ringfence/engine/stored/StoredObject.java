package io.ringfence.engine.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.network.NetworkEntries;
import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.Action;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TrafficAction;
import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One object as a topic of changed objects tells it. Attribute names are those of api.md Appendix
/// B.
sealed interface StoredObject {
    ObjectMapper JSON = new ObjectMapper();

    record Namespace(NamespaceState state) implements StoredObject {}

    record Unit(ProcessingUnit unit) implements StoredObject {}

    record Policy(Ruleset ruleset) implements StoredObject {}

    record Network(ExternalNetwork network) implements StoredObject {}

    record Enforcer(String id, String namespace, Set<String> tags) implements StoredObject {}

    /// What an enforcer profile targets; empty lists: everything.
    record Profile(
            String namespace,
            boolean propagate,
            Set<String> tags,
            List<NetworkEntry> tcp,
            List<NetworkEntry> udp)
            implements StoredObject {}

    /// Which enforcers have which profiles.
    record ProfileMapping(
            String namespace,
            boolean propagate,
            boolean fallback,
            TagExpression subject,
            TagExpression object)
            implements StoredObject {}

    /// It was deleted, or counts for nothing.
    record Gone() implements StoredObject {}

    /// A record's value, as far as it can be told without looking into the object.
    static ObjectState state(String key, byte[] value) throws UnreadableRecordException {
        ObjectState state;
        try {
            state = ObjectState.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecordException(
                    "The value is not an ObjectState: " + e.getMessage());
        }
        if (!state.getId().equals(key)) {
            throw new UnreadableRecordException(
                    "The object's id '%s' is not the record's key".formatted(state.getId()));
        }
        return state;
    }

    static StoredObject read(Topic topic, ObjectState state) throws UnreadableRecordException {
        if (state.getOperation() == Operation.DELETE) {
            return new Gone();
        }
        try {
            JsonNode json = JSON.readTree(state.getJson().toStringUtf8());
            if (!json.isObject()) {
                throw new UnreadableRecordException("The state's JSON is not an object");
            }
            return read(topic, state, json);
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException(
                    "The state's JSON cannot be read: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    "The %s '%s' is not valid: %s"
                            .formatted(state.getIdentity(), state.getId(), e.getMessage()));
        }
    }

    private static StoredObject read(Topic topic, ObjectState state, JsonNode json) {
        return switch (topic) {
            case NAMESPACE_CHANGED -> new Namespace(namespace(json));
            case PROCESSING_UNIT_CHANGED -> new Unit(unit(state, json));
            case RULESET_CHANGED -> new Policy(ruleset(state, json));
            case EXTERNAL_NETWORK_CHANGED ->
                    isArchived(json) ? new Gone() : new Network(network(state, json));
            case ENFORCER_CHANGED ->
                    new Enforcer(state.getId(), state.getNamespace(), normalizedTags(json));
            case ENFORCER_PROFILE_CHANGED -> ofProfiles(state, json);
            case FLOW_OBSERVED,
                    ENFORCER_REPORT,
                    AUTHORIZATION_CHANGED,
                    NAMESPACE_MAPPING_CHANGED,
                    SERVICE_CHANGED,
                    AUDIT_RECORDED,
                    POLICY_COMPILED,
                    POLICY_RECEIPT,
                    POLICY_DELTA,
                    DIRECTORY_DELTA ->
                    throw new IllegalArgumentException(
                            topic.topicName() + " holds no object that policy depends on");
        };
    }

    private static NamespaceState namespace(JsonNode json) {
        String name = json.path("name").asText();
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("its name '%s' must be absolute".formatted(name));
        }
        return new NamespaceState(
                name,
                trafficAction(json.path("defaultPUIncomingTrafficAction")),
                trafficAction(json.path("defaultPUOutgoingTrafficAction")),
                texts(json.path("organizationalMetadata")));
    }

    private static TrafficAction trafficAction(JsonNode json) {
        String text = json.asText("");
        return text.isEmpty()
                ? TrafficAction.INHERIT
                : TrafficAction.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static ProcessingUnit unit(ObjectState state, JsonNode json) {
        return new ProcessingUnit(
                state.getId(),
                state.getNamespace(),
                json.path("enforcerID").asText(""),
                normalizedTags(json),
                texts(json.path("addresses")).stream().map(InetAddress::ofLiteral).toList(),
                json.path("operationalStatus").asText().equals("Running") && !isArchived(json));
    }

    private static boolean isArchived(JsonNode json) {
        return json.path("archived").asBoolean();
    }

    private static Set<String> normalizedTags(JsonNode json) {
        return Set.copyOf(texts(json.path("normalizedTags")));
    }

    private static StoredObject ofProfiles(ObjectState state, JsonNode json) {
        return switch (state.getIdentity()) {
            case "enforcerprofile" ->
                    new Profile(
                            state.getNamespace(),
                            json.path("propagate").asBoolean(),
                            normalizedTags(json),
                            targets(json.path("targetNetworks")),
                            targets(json.path("targetUDPNetworks")));
            case "enforcerprofilemappingpolicy" ->
                    json.path("disabled").asBoolean()
                            ? new Gone()
                            : new ProfileMapping(
                                    state.getNamespace(),
                                    json.path("propagate").asBoolean(),
                                    json.path("fallback").asBoolean(),
                                    expression(json.path("subject")),
                                    expression(json.path("object")));
            // Host services are deprecated and change no verdict.
            default -> new Gone();
        };
    }

    private static List<NetworkEntry> targets(JsonNode json) {
        return json.isEmpty() ? List.of() : NetworkEntries.parse(texts(json)).entries();
    }

    private static Ruleset ruleset(ObjectState state, JsonNode json) {
        return new Ruleset(
                state.getId(),
                json.path("name").asText(""),
                state.getNamespace(),
                json.path("propagate").asBoolean(),
                json.path("fallback").asBoolean(),
                json.path("disabled").asBoolean(),
                validity(json),
                expression(json.path("subject")),
                rules(json.path("incomingRules")),
                rules(json.path("outgoingRules")));
    }

    private static Validity validity(JsonNode json) {
        String begins = json.path("activeSchedule").asText("");
        String lasts = json.path("activeDuration").asText("");
        if (begins.isEmpty() != lasts.isEmpty()) {
            throw new IllegalArgumentException(
                    "activeSchedule and activeDuration must come together");
        }
        return new Validity(
                begins.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Schedule.of(begins, GoDuration.parse(lasts))),
                expiry(json.path("expirationTime").asText("")));
    }

    /// The zero time of 5.0 is none.
    private static Optional<Instant> expiry(String time) {
        if (time.isEmpty() || time.startsWith("0001-01-01")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'%s' is no time".formatted(time), e);
        }
    }

    private static List<Rule> rules(JsonNode json) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : json) {
            rules.add(
                    new Rule(
                            rule.path("name").asText(""),
                            Action.valueOf(
                                    rule.path("action").asText("Allow").toUpperCase(Locale.ROOT)),
                            expression(rule.path("object")),
                            ProtocolPorts.parseAll(texts(rule.path("protocolPorts"))),
                            rule.path("observationEnabled").asBoolean(),
                            rule.path("logsDisabled").asBoolean()));
        }
        return rules;
    }

    private static ExternalNetwork network(ObjectState state, JsonNode json) {
        return new ExternalNetwork(
                state.getId(),
                json.path("name").asText(""),
                state.getNamespace(),
                json.path("propagate").asBoolean(),
                normalizedTags(json),
                NetworkEntries.parse(texts(json.path("entries"))).entries());
    }

    private static TagExpression expression(JsonNode json) {
        List<List<String>> clauses = new ArrayList<>();
        for (JsonNode clause : json) {
            clauses.add(texts(clause));
        }
        return TagExpression.parse(clauses);
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : json) {
            if (!text.isTextual()) {
                throw new IllegalArgumentException("'%s' must be a text".formatted(text));
            }
            texts.add(text.textValue());
        }
        return texts;
    }
}
