package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.network.NetworkEntries;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.protocol.declaration.AttributeCheck;
import io.ringfence.protocol.declaration.TagChecks;
import java.util.List;
import java.util.Optional;

/// The grammars of policies as rules for attributes. The grammars themselves live in the contracts,
/// so that what is accepted here is what the compiler reads.
public final class PolicyChecks {
    private static final int MOST_TAGS = 64;

    /// A tag expression without empty clauses, each clause of a bearable size.
    public static final AttributeCheck EXPRESSION =
            value ->
                    tooLong(value)
                            .or(() -> TagChecks.problem(() -> TagExpression.parse(clauses(value))));

    public static final AttributeCheck PROTOCOL_PORTS =
            value -> TagChecks.problem(() -> ProtocolPorts.parseAll(texts(value)));

    public static final AttributeCheck NETWORK_ENTRIES =
            value -> TagChecks.problem(() -> NetworkEntries.parse(texts(value)));

    /// As Go writes them: `10s`, `1h30m`.
    public static final AttributeCheck DURATION =
            value -> TagChecks.problem(() -> GoDuration.parse(value.textValue()));

    public static final AttributeCheck PORT =
            value ->
                    value.longValue() < 1 || value.longValue() > 65_535
                            ? Optional.of("must be a port from 1 to 65535")
                            : Optional.empty();

    private PolicyChecks() {}

    private static Optional<String> tooLong(JsonNode value) {
        return value.valueStream().anyMatch(clause -> clause.size() > MOST_TAGS)
                ? Optional.of("has a clause of more than %d tags".formatted(MOST_TAGS))
                : Optional.empty();
    }

    private static List<List<String>> clauses(JsonNode value) {
        return value.valueStream().map(PolicyChecks::texts).toList();
    }

    private static List<String> texts(JsonNode value) {
        return value.valueStream().map(JsonNode::textValue).toList();
    }
}
