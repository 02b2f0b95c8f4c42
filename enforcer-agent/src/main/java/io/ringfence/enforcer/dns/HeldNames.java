package io.ringfence.enforcer.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which names each address was given for, each until its answer's time to live and the grace
/// period are over. Time is whatever monotonic milliseconds the caller counts. Bounded: what goes
/// beyond is refused and counted.
public final class HeldNames {
    /// Longer than any answer may be kept (RFC 8767, 4).
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Map<InetAddress, Map<String, Long>> endsByAddress = new HashMap<>();
    private final Duration grace;
    private final int limit;
    private int count;
    private long refused;
    private boolean changedSinceKept;

    /// A name that holds for an address for so much longer.
    public record Left(String name, InetAddress address, long millis) {}

    /// @param limit of pairs of name and address
    public HeldNames(Duration grace, int limit) {
        this.grace = grace;
        this.limit = limit;
    }

    /// @return whether an address has a name it did not have
    public boolean add(NameAnswer answer, long nowMillis) {
        Duration life = answer.timeToLive();
        Duration held = (life.compareTo(LONGEST) < 0 ? life : LONGEST).plus(grace);
        return add(answer.name(), answer.address(), nowMillis + held.toMillis());
    }

    /// What was kept by an earlier process.
    public void restore(List<Left> kept, long nowMillis) {
        kept.forEach(left -> add(left.name, left.address, nowMillis + left.millis));
    }

    private boolean add(String name, InetAddress address, long end) {
        Map<String, Long> ends = endsByAddress.getOrDefault(address, Map.of());
        boolean isNew = !ends.containsKey(name);
        if (isNew && count >= limit) {
            refused++;
            return false;
        }
        endsByAddress.computeIfAbsent(address, _ -> new HashMap<>()).merge(name, end, Math::max);
        count += isNew ? 1 : 0;
        changedSinceKept = true;
        return isNew;
    }

    /// Forgets what is over.
    ///
    /// @return whether there was any
    public boolean expire(long nowMillis) {
        int before = count;
        endsByAddress
                .values()
                .removeIf(ends -> {
                    int all = ends.size();
                    ends.values().removeIf(end -> end <= nowMillis);
                    count -= all - ends.size();
                    return ends.isEmpty();
                });
        return count < before;
    }

    public Map<InetAddress, Set<String>> namesByAddress() {
        Map<InetAddress, Set<String>> names = new HashMap<>();
        endsByAddress.forEach((address, ends) -> names.put(address, new HashSet<>(ends.keySet())));
        return names;
    }

    /// What another process could go on from; empty if that did not change since the last call.
    public List<Left> leftIfChanged(long nowMillis) {
        if (!changedSinceKept) {
            return List.of();
        }
        changedSinceKept = false;
        return endsByAddress.entrySet().stream()
                .flatMap(address ->
                        address.getValue().entrySet().stream()
                                .map(name ->
                                        new Left(
                                                name.getKey(),
                                                address.getKey(),
                                                name.getValue() - nowMillis)))
                .toList();
    }

    public int count() {
        return count;
    }

    public long refused() {
        return refused;
    }
}
