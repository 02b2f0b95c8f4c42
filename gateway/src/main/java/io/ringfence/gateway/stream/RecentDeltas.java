package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How policies have changed lately, for enforcers that come back: also of those connected
/// elsewhere or nowhere. Safe for many threads.
@ApplicationScoped
class RecentDeltas {
    static final int KEPT_BYTES = 8 << 20;

    /// Of one enforcer each leads on from the one before. Who was heard of last is last.
    private final Map<String, Deque<PolicyUpdate>> byEnforcer = new LinkedHashMap<>();

    private long bytes;

    synchronized void heard(PolicyUpdate update) {
        Deque<PolicyUpdate> chain = byEnforcer.remove(update.enforcerId());
        if (chain != null && !leadsOn(chain, update)) {
            bytes -= bytesOf(chain);
            chain = null;
        }
        if (update.isWhole()) {
            return;
        }
        Deque<PolicyUpdate> grown = chain == null ? new ArrayDeque<>() : chain;
        grown.add(update);
        bytes += update.frame().length;
        byEnforcer.put(update.enforcerId(), grown);
        Iterator<Deque<PolicyUpdate>> oldest = byEnforcer.values().iterator();
        while (bytes > KEPT_BYTES) {
            bytes -= bytesOf(oldest.next());
            oldest.remove();
        }
    }

    private static boolean leadsOn(Deque<PolicyUpdate> chain, PolicyUpdate update) {
        return !update.isWhole() && chain.getLast().digest().equals(update.header().base());
    }

    private static long bytesOf(Deque<PolicyUpdate> chain) {
        return chain.stream().mapToLong(each -> each.frame().length).sum();
    }

    /// All that came after the policy with this digest; nothing if that is not known.
    synchronized List<PolicyUpdate> after(String enforcerId, ByteString digest) {
        Deque<PolicyUpdate> chain = byEnforcer.get(enforcerId);
        if (chain == null || chain.getLast().digest().equals(digest)) {
            return List.of();
        }
        List<PolicyUpdate> since = new ArrayList<>();
        for (PolicyUpdate each : chain) {
            if (each.header().base().equals(digest)) {
                since.clear();
                since.add(each);
            } else if (!since.isEmpty()) {
                since.add(each);
            }
        }
        return since;
    }

    /// Changes may have been missed.
    synchronized void forget() {
        byEnforcer.clear();
        bytes = 0;
    }
}
