package io.ringfence.engine.reference;

import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Traffic;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Names, tags and ports.
final class Words {
    private Words() {}

    /// `/a/b` is a, b; `/` is nothing.
    static List<String> path(String namespace) {
        return Stream.of(namespace.split("/")).filter(name -> !name.isEmpty()).toList();
    }

    static String tenant(String namespace) {
        List<String> path = path(namespace);
        return path.isEmpty() ? "" : path.getFirst();
    }

    /// It is in the namespace, or in an ancestor and comes down.
    static boolean arrives(String home, boolean propagate, String namespace) {
        List<String> from = path(home);
        List<String> to = path(namespace);
        if (from.equals(to)) {
            return true;
        }
        return propagate && from.size() < to.size() && to.subList(0, from.size()).equals(from);
    }

    static boolean holds(TagExpression expression, Set<String> tags) {
        for (List<String> clause : expression.clauses()) {
            boolean all = !clause.isEmpty();
            for (String term : clause) {
                boolean found = false;
                for (String tag : tags) {
                    found |=
                            term.endsWith("*")
                                    ? tag.startsWith(term.substring(0, term.length() - 1))
                                    : tag.equals(term);
                }
                all &= found;
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    static boolean includes(ProtocolPorts ports, Traffic traffic) {
        if (ports instanceof ProtocolPorts.Any) {
            return true;
        }
        if (ports instanceof ProtocolPorts.Ports range) {
            return traffic.protocol() == range.protocol()
                    && traffic.port() >= range.low()
                    && traffic.port() <= range.high();
        }
        if (ports instanceof ProtocolPorts.Icmp icmp) {
            boolean code = icmp.codes().isEmpty();
            for (ProtocolPorts.Codes codes : icmp.codes()) {
                code |= traffic.icmpCode() >= codes.low() && traffic.icmpCode() <= codes.high();
            }
            boolean type = icmp.type().isEmpty() || icmp.type().getAsInt() == traffic.icmpType();
            return traffic.protocol() == icmp.protocol() && type && code;
        }
        return ((ProtocolPorts.Protocol) ports).number() == traffic.protocol();
    }
}
