package io.ringfence.policy.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.Tag;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.World;
import io.ringfence.engine.explain.Endpoint;
import io.ringfence.engine.explain.Question;
import io.ringfence.engine.explain.Readable;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What was sent, read into a question. Processing units outside the caller's namespace are as good
/// as not there.
final class ExplanationRequest {
    private static final String UNIT = "processingUnitID";
    private static final String NAMESPACE = "namespace";
    private static final String TAGS = "tags";
    private static final String ADDRESS = "address";
    private static final String PROTOCOL = "protocol";
    private static final String PORT = "port";
    private static final int MOST_TAGS = 1_000;

    private final ObjectNode sent;
    private final World world;
    private final Readable readable;

    ExplanationRequest(ObjectNode sent, World world, Readable readable) {
        this.sent = sent;
        this.world = world;
        this.readable = readable;
    }

    /// @throws ApiException 422, naming the attribute
    Question question() {
        return new Question(endpoint("source"), endpoint("destination"), traffic());
    }

    private Endpoint endpoint(String name) {
        JsonNode json = sent.path(name);
        List<String> ways = Stream.of(UNIT, NAMESPACE, ADDRESS).filter(json::hasNonNull).toList();
        if (ways.size() != 1) {
            throw invalid(
                    name, "must have one of processingUnitID, namespace (with tags), or address");
        }
        String attribute = name + "." + ways.getFirst();
        String value = json.path(ways.getFirst()).asText();
        return switch (ways.getFirst()) {
            case UNIT -> unit(attribute, value);
            case NAMESPACE -> hypothetical(name, attribute, value, json.path(TAGS));
            default -> reading(attribute, () -> new Endpoint.Address(address(value)));
        };
    }

    private Endpoint unit(String attribute, String id) {
        ProcessingUnit unit = world.processingUnits().get(id);
        if (unit == null || !readable.holds(unit.namespace())) {
            throw invalid(
                    attribute,
                    "names no processing unit in %s or below".formatted(readable.namespace()));
        }
        return new Endpoint.Unit(id);
    }

    private Endpoint hypothetical(String name, String attribute, String namespace, JsonNode tags) {
        if (!readable.holds(namespace)) {
            throw invalid(
                    attribute, "must be %s or a namespace below".formatted(readable.namespace()));
        }
        if (tags.size() > MOST_TAGS || !tags.isArray() && !tags.isMissingNode()) {
            throw invalid(
                    name + "." + TAGS, "must be a list of at most %d tags".formatted(MOST_TAGS));
        }
        Set<String> all = new HashSet<>();
        for (JsonNode tag : tags) {
            all.add(reading(name + "." + TAGS, () -> Tag.parse(tag.asText()).toString()));
        }
        return new Endpoint.Hypothetical(namespace, all);
    }

    private static InetAddress address(String text) {
        if (!Prefix.parse(text).isWhole()) {
            throw new IllegalArgumentException("'%s' is a network".formatted(text));
        }
        return InetAddress.ofLiteral(text.replaceFirst("/.*", ""));
    }

    private Traffic traffic() {
        String protocol = sent.path(PROTOCOL).asText("").strip().toLowerCase(Locale.ROOT);
        return switch (protocol) {
            case "" -> throw invalid(PROTOCOL, "is missing: send tcp, udp, icmp, or another");
            case "tcp" -> Traffic.tcp(port());
            case "udp" -> Traffic.udp(port());
            case "icmp" -> Traffic.icmp(ofIcmp("icmpType"), ofIcmp("icmpCode"));
            case "icmp6", "ipv6-icmp" -> Traffic.icmp6(ofIcmp("icmpType"), ofIcmp("icmpCode"));
            default -> other(protocol);
        };
    }

    private Traffic other(String protocol) {
        ProtocolPorts parsed = reading(PROTOCOL, () -> ProtocolPorts.parse(protocol));
        if (parsed instanceof ProtocolPorts.Protocol(int number)) {
            return Traffic.protocol(number);
        }
        throw invalid(PROTOCOL, "must be one protocol, without ports");
    }

    private int port() {
        return number(PORT, 1, 65_535, "is needed for tcp and udp, a number from 1 to 65535");
    }

    private int ofIcmp(String name) {
        return sent.hasNonNull(name) ? number(name, 0, 255, "must be a number from 0 to 255") : 0;
    }

    private int number(String name, int least, int most, String demand) {
        JsonNode number = sent.path(name);
        if (!number.isIntegralNumber() || number.asLong() < least || number.asLong() > most) {
            throw invalid(name, demand);
        }
        return number.intValue();
    }

    private static <T> T reading(String attribute, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw invalid(attribute, "is not right: " + e.getMessage());
        }
    }

    private static ApiException invalid(String attribute, String demand) {
        return Fault.invalid(attribute, "Attribute '%s' %s".formatted(attribute, demand))
                .asException();
    }
}
