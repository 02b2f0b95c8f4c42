package io.ringfence.policy.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.World;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.world.LiveWorld;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Shows each rule of a ruleset with the external networks that its object means where the ruleset
/// is (`networks`, `reference/api.md` §3.2): those that policy is made from, which is a moment
/// behind what was stored last. A ruleset names so many at most, rule by rule; the relation
/// `externalnetworks` has them all.
@ApplicationScoped
class RuleNetworks implements ResourceBehaviour {
    static final int MOST = 500;

    private final LiveWorld live;
    private volatile Known known = new Known(World.EMPTY);

    RuleNetworks(LiveWorld live) {
        this.live = live;
    }

    @Override
    public String identity() {
        return "networkrulesetpolicy";
    }

    @Override
    public ObjectNode shown(ObjectNode stored) {
        Known now = known();
        ObjectNode shown = stored.deepCopy();
        String namespace = shown.path("namespace").asText();
        int left = MOST;
        for (String direction : List.of("incomingRules", "outgoingRules")) {
            for (JsonNode rule : shown.path(direction)) {
                left -= now.show((ObjectNode) rule, namespace, left);
            }
        }
        return shown;
    }

    private Known known() {
        World newest = live.newest().orElse(World.EMPTY);
        Known last = known;
        if (last.world != newest) {
            last = new Known(newest);
            known = last;
        }
        return last;
    }

    /// What expressions mean in one world; lists of rulesets ask for the same ones again and again.
    private static final class Known {
        private final World world;
        private final Map<Place, List<ExternalNetwork>> meant = new ConcurrentHashMap<>();

        Known(World world) {
            this.world = world;
        }

        int show(ObjectNode rule, String namespace, int atMost) {
            List<ExternalNetwork> networks =
                    meant.computeIfAbsent(
                            new Place(namespace, Tagged.expression(rule.path("object"))),
                            this::find);
            ArrayNode list = rule.putArray("networks");
            networks.stream().limit(atMost).map(Known::node).forEach(list::add);
            return list.size();
        }

        private List<ExternalNetwork> find(Place place) {
            return world.externalNetworks().values().stream()
                    .filter(network ->
                            Namespaces.reaches(
                                    network.namespace(), network.propagate(), place.namespace))
                    .filter(network -> place.object.matches(network.tags()))
                    .sorted(Comparator.comparing(ExternalNetwork::id))
                    .toList();
        }

        private static ObjectNode node(ExternalNetwork network) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("ID", network.id()).put("namespace", network.namespace());
            ArrayNode entries = node.putArray("entries");
            network.entries().stream().map(NetworkEntry::toString).forEach(entries::add);
            return node;
        }
    }

    private record Place(String namespace, TagExpression object) {}
}
