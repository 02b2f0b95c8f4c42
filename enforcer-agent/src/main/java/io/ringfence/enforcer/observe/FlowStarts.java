package io.ringfence.enforcer.observe;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.netlink.LoggedPacket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recognizes in logged packets where a flow begins (DESIGN §4, "What is counted"). For one thread.
final class FlowStarts {
    private static final Duration RETRANSMITS = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(120);
    private static final int REMEMBERED = 1 << 19;
    private static final int POLICIES_REMEMBERED = 4;

    private final Generations generations;
    private final FlowListener listener;
    private final long seed;
    private final FlowMemory tcp;
    private final FlowMemory other;
    private final PacketHeaders headers = new PacketHeaders();
    private final Map<Integer, Named> namesByGeneration =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Named> eldest) {
                    return size() > POLICIES_REMEMBERED;
                }
            };
    private long received;
    private long flows;
    private long unresolved;

    private record Named(PolicySnapshot policy, PolicyNames names) {}

    /// @param seed random, so that nobody can make flows that look the same
    FlowStarts(Generations generations, FlowListener listener, long seed, long monotonicMillis) {
        this.generations = generations;
        this.listener = listener;
        this.seed = seed;
        tcp = new FlowMemory(RETRANSMITS, false, REMEMBERED, monotonicMillis);
        other = new FlowMemory(IDLE, true, REMEMBERED, monotonicMillis);
    }

    void see(LoggedPacket packet, long nowMillis, long monotonicMillis) {
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
                monotonicMillis)) {
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
