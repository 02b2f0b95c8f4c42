package io.ringfence.enforcer.lab;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.dataplane.Applied;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.FlowObserver;
import io.ringfence.enforcer.observe.Observations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// Dataplane and observer of one host, without console.
public final class TestEnforcer implements AutoCloseable {
    private final Host host;
    private final Generations generations = new Generations();
    private final NftablesDataplane dataplane = new NftablesDataplane(generations);
    private final List<FlowKey> flows = new CopyOnWriteArrayList<>();
    private final FlowObserver observer;

    public TestEnforcer(Host host) throws Exception {
        this.host = host;
        observer = host.call(() -> FlowObserver.open(generations, (flow, at) -> flows.add(flow)));
    }

    public Applied apply(Policies policy) throws Exception {
        return apply(policy.build(), Bypass.NONE);
    }

    public Applied apply(PolicySnapshot policy, Bypass bypass) throws Exception {
        return host.call(() -> dataplane.apply(policy, bypass));
    }

    public void adjust(PolicySnapshot policy) throws Exception {
        host.run(() -> dataplane.adjust(policy));
    }

    public Counters counters() throws Exception {
        return host.call(dataplane::readCounters);
    }

    public Observations observations() {
        return observer.observations();
    }

    /// Waits until everything the kernel logged so far was received, or is proven lost.
    public void settle() throws Exception {
        long logged = counters().logged().total();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> observations().received() + observations().missing() >= logged);
    }

    /// Every flow start seen so far, in order.
    public List<FlowKey> flows() throws Exception {
        settle();
        return List.copyOf(flows);
    }

    @Override
    public void close() {
        observer.close();
        dataplane.close();
    }
}
