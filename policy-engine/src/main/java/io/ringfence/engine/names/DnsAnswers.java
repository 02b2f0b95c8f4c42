package io.ringfence.engine.names;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What DNS has said. An answer holds from the moment it was received, for its time to live and the
/// grace period on top, the end excluded: a client may open a connection a little after it asked.
public record DnsAnswers(List<DnsAnswer> answers, Duration grace) {
    public DnsAnswers {
        answers = List.copyOf(answers);
    }

    /// The world at this instant with the addresses of its domain entries added to them.
    public World resolve(World world, Instant instant) {
        List<DnsAnswer> holding =
                answers.stream().filter(answer -> holds(answer, instant)).toList();
        Map<String, ExternalNetwork> networks = new HashMap<>(world.externalNetworks());
        networks.replaceAll((_, network) -> resolve(network, holding));
        return new World(world.namespaces(), world.processingUnits(), world.rulesets(), networks);
    }

    /// Up to this instant, excluded, [#resolve] gives the same. Empty when it does for ever.
    public Optional<Instant> nextChange(Instant after) {
        return answers.stream()
                .map(answer -> answer.received().isAfter(after) ? answer.received() : end(answer))
                .filter(after::isBefore)
                .min(Instant::compareTo);
    }

    private boolean holds(DnsAnswer answer, Instant instant) {
        return !instant.isBefore(answer.received()) && instant.isBefore(end(answer));
    }

    private Instant end(DnsAnswer answer) {
        return answer.received().plus(answer.timeToLive()).plus(grace);
    }

    private static ExternalNetwork resolve(ExternalNetwork network, List<DnsAnswer> holding) {
        Set<NetworkEntry> entries = new LinkedHashSet<>(network.entries());
        for (NetworkEntry entry : network.entries()) {
            if (entry instanceof NetworkEntry.Domain domain) {
                holding.stream()
                        .filter(answer -> domain.contains(answer.name()))
                        .map(answer -> new NetworkEntry.Included(Prefix.of(answer.address())))
                        .forEach(entries::add);
            }
        }
        return new ExternalNetwork(
                network.id(),
                network.name(),
                network.namespace(),
                network.propagate(),
                network.tags(),
                List.copyOf(entries));
    }
}
