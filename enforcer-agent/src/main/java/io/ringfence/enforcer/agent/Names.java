package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.dns.DnsCounts;
import io.ringfence.enforcer.dns.DnsListener;
import io.ringfence.enforcer.dns.DnsWatch;
import io.ringfence.enforcer.dns.HeldNames;
import io.ringfence.enforcer.dns.KeptNames;
import io.ringfence.enforcer.dns.NameAnswer;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What DNS has answered for the names in the policy. DNS is listened to from the first policy on
/// that has domain entries; before, this costs nothing.
final class Names implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Names.class);
    private static final int LIMIT = 10_000;

    private final HeldNames held;
    private final KeptNames kept;
    private @Nullable DnsWatch watch;

    Names(Duration grace, StateFolder folder) throws IOException {
        held = new HeldNames(grace, LIMIT);
        kept = new KeptNames(folder);
        held.restore(kept.read(System.currentTimeMillis()), monotonicMillis());
    }

    /// Begins to listen. Where that cannot be, names have no addresses beyond those kept.
    synchronized void watch(KernelPolicy policy) {
        if (watch != null && watch.isListening()) {
            return;
        }
        try {
            watch =
                    DnsWatch.open(
                            NftablesDataplane.DNS_LOG_GROUP,
                            NftablesDataplane.DNS_QUEUE,
                            new Listener(policy));
        } catch (IOException refused) {
            LOG.error("DNS cannot be heard; domain entries gain no addresses", refused);
        }
    }

    synchronized Map<InetAddress, Set<String>> now() {
        held.expire(monotonicMillis());
        return held.namesByAddress();
    }

    /// @return whether that makes a difference
    synchronized boolean add(List<NameAnswer> answers) {
        boolean changes = false;
        for (NameAnswer answer : answers) {
            changes |= held.add(answer, monotonicMillis());
        }
        return changes;
    }

    /// @return whether that makes a difference
    synchronized boolean expire() {
        return held.expire(monotonicMillis());
    }

    /// Empty while nobody listens.
    synchronized Map<String, Long> gauges() {
        if (watch == null) {
            return Map.of();
        }
        DnsCounts counts = watch.counts();
        Map<String, Long> values = new TreeMap<>();
        values.put("names_held", (long) held.count());
        values.put("names_refused", held.refused());
        values.put("dns_believed", counts.believed());
        values.put("dns_unasked", counts.unasked());
        values.put("dns_unreadable", counts.unreadable());
        values.put("dns_failed", counts.failed());
        return values;
    }

    /// Writes down for the next start what is new. Nobody's DNS waits for the disk.
    void keep() {
        List<HeldNames.Left> left;
        synchronized (this) {
            left = held.leftIfChanged(monotonicMillis());
        }
        if (left.isEmpty()) {
            return;
        }
        try {
            kept.write(left, System.currentTimeMillis());
        } catch (IOException e) {
            LOG.warn("what DNS answered could not be kept for the next start", e);
        }
    }

    /// DNS goes on unheard.
    @Override
    public void close() {
        DnsWatch listening;
        synchronized (this) {
            listening = watch;
        }
        if (listening != null) {
            listening.close();
        }
    }

    private final class Listener implements DnsListener {
        private final KernelPolicy policy;

        Listener(KernelPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void answered(List<NameAnswer> answers) {
            policy.answered(answers);
        }

        @Override
        public void waited() {
            policy.expireNames();
        }
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
