package io.ringfence.enforcer.observe;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.netlink.LoggedPacket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recognizes in logged packets where a flow begins (DESIGN §4, "What is counted"). For one thread.
final class FlowStarts {
    private static final long TCP_MILLIS = 5 * 60_000;
    private static final long OTHER_MILLIS = 2 * 60_000;
    private static final int REMEMBERED = 1 << 20;

    private final Generations generations;
    private final FlowListener listener;
    private final long seed;
    private final FlowMemory tcp;
    private final FlowMemory other;
    private final PacketHeaders headers = new PacketHeaders();
    private final Map<Integer, Named> namesByGeneration = new HashMap<>();
    private long received;
    private long flows;
    private long unresolved;

    private record Named(PolicySnapshot policy, PolicyNames names) {}

    /// @param seed random, so that nobody can make flows that look the same
    FlowStarts(Generations generations, FlowListener listener, long seed, long nowMillis) {
        this.generations = generations;
        this.listener = listener;
        this.seed = seed;
        tcp = new FlowMemory(TCP_MILLIS, false, REMEMBERED, nowMillis);
        other = new FlowMemory(OTHER_MILLIS, true, REMEMBERED, nowMillis);
    }

    void see(LoggedPacket packet, long nowMillis) {
        received++;
        Optional<LogPrefix> prefix = LogPrefix.read(packet);
        PolicyNames names = prefix.map(LogPrefix::generation).map(this::names).orElse(null);
        if (prefix.isEmpty() || names == null || !headers.read(packet)) {
            unresolved++;
            return;
        }
        FlowMemory memory = headers.isTcp() ? tcp : other;
        if (!memory.isNew(
                headers.fingerprint(packet, seed ^ prefix.get().direction().ordinal()),
                nowMillis)) {
            return;
        }
        Optional<FlowKey> flow =
                names.flow(
                        prefix.get().direction(),
                        prefix.get().decision(),
                        headers.protocol(),
                        headers.source(packet),
                        headers.destination(packet),
                        headers.destinationPort(packet));
        if (flow.isEmpty()) {
            unresolved++;
            return;
        }
        flows++;
        listener.flowBegan(flow.get(), nowMillis);
    }

    private @Nullable PolicyNames names(int generation) {
        PolicySnapshot policy = generations.policyOf(generation).orElse(null);
        if (policy == null || policy.getProcessingUnitsCount() == 0) {
            return null;
        }
        Named named = namesByGeneration.get(generation);
        if (named == null || named.policy != policy) {
            namesByGeneration.values().removeIf(old -> namesByGeneration.size() > 8);
            named = new Named(policy, new PolicyNames(policy));
            namesByGeneration.put(generation, named);
        }
        return named.names;
    }

    long received() {
        return received;
    }

    long flows() {
        return flows;
    }

    long unresolved() {
        return unresolved;
    }

    long forgotten() {
        return tcp.forgotten() + other.forgotten();
    }
}
