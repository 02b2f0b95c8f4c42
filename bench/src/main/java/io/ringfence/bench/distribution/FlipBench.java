package io.ringfence.bench.distribution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.bench.measure.Distribution;
import io.ringfence.bench.measure.ProcessTree;
import io.ringfence.bench.measure.Results;
import io.ringfence.bench.stack.Stack;
import io.ringfence.bench.wire.OpenStream;
import io.ringfence.bench.wire.UdpProbes;
import io.ringfence.bench.wire.Wire;
import io.ringfence.bench.wire.WiredHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// A change at the API until the kernel of a real enforcer judges by it, while the simulated ones
/// are connected: probes from a peer begin or cease to come through, and a connection that the peer
/// has open is cut.
///
/// The peer loses its role and has it back, then the ruleset that lets it in is disabled and
/// enabled, and so on. Both concern the real enforcer and no other.
final class FlipBench implements AutoCloseable {
    private static final int BLOCK = 20;
    private static final int WARM_UP_BLOCKS = 10;
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CUSTOMER = "customer=wired";

    private final Stack stack;
    private final Fleet fleet;
    private final Arrivals arrivals;
    private final String token;
    private final String rulesetId;
    private final SimulatedEnforcer peer;
    private final WiredHost host;
    private final UdpProbes probes;
    private final String peerAddress;

    private final Distribution flips = new Distribution();
    private final Distribution rejecting = new Distribution();
    private final Distribution allowing = new Distribution();
    private final Distribution byTag = new Distribution();
    private final Distribution byRuleset = new Distribution();
    private final Distribution cuts = new Distribution();
    private final Distribution stored = new Distribution();
    private final Distribution swaps = new Distribution();
    private final Bare.Beside beside = new Bare.Beside();
    private final Map<String, Double> cpu = new LinkedHashMap<>();
    private boolean counts;
    private long measured;
    private long toOthers;

    /// What is changed: the two ways are one after the other to the same effect.
    private enum Way {
        TAG,
        RULESET
    }

    /// In a namespace of the first tenant: the enforcer keeps that tenant's directory, like the
    /// simulated ones of it.
    FlipBench(Stack stack, Path home, Wire wire, Fleet fleet, Arrivals arrivals)
            throws IOException, InterruptedException {
        this.stack = stack;
        this.fleet = fleet;
        this.arrivals = arrivals;
        this.token = stack.token();
        this.peerAddress = wire.peerAddress();
        String namespace = Fleet.FIRST_TENANT + "/wired";
        stack.create(
                "namespaces",
                Fleet.FIRST_TENANT,
                token,
                "{\"name\": \"wired\", \"defaultPUIncomingTrafficAction\": \"Reject\"}");
        this.rulesetId =
                stack.create(
                                "networkrulesetpolicies",
                                namespace,
                                token,
                                """
                                {"name": "wired", "subject": [["%1$s", "role=server"]],
                                 "incomingRules": [{"action": "Allow", "object": [["%1$s", "%2$s"]],
                                                    "protocolPorts": ["tcp/5432", "udp/5432"]}]}
                                """
                                        .formatted(CUSTOMER, Fleet.CLIENT))
                        .path("ID")
                        .asText();
        this.peer = fleet.register("peer", namespace, List.of(CUSTOMER, Fleet.CLIENT), peerAddress);
        this.host =
                WiredHost.start(
                        wire,
                        home,
                        stack,
                        namespace,
                        fleet.bootstrapToken(namespace),
                        List.of(CUSTOMER, "role=server"));
        this.probes = UdpProbes.open(peerAddress, host.echoAddress());
        peer.connect();
    }

    void measure(int changes, Bare bare, Map<String, ProcessTree> others) throws Exception {
        Map<String, ProcessTree> processes = new LinkedHashMap<>(others);
        processes.put("the real enforcer", host.enforcerProcess());
        try {
            host.awaitEnforcing(START_PATIENCE);
            probes.resume();
            probes.awaitPassing(probes.mark(), START_PATIENCE);
            // Nobody else is concerned.
            arrivals.expect(List.of());
            for (int done = -WARM_UP_BLOCKS * BLOCK; done < changes; done += BLOCK) {
                counts = done >= 0;
                block(bare, processes);
            }
        } catch (TimeoutException late) {
            throw new IllegalStateException(
                    "a change did not reach the wire; the enforcer's last words: "
                            + host.lastWords(),
                    late);
        }
    }

    private void block(Bare bare, Map<String, ProcessTree> processes) throws Exception {
        CpuUse use = CpuUse.from(processes);
        probes.resume();
        for (int i = 0; i < BLOCK / 2; i++) {
            thereAndBack(i % 2 == 0 ? Way.TAG : Way.RULESET);
        }
        probes.pause();
        if (counts) {
            use.addTo(cpu);
            measured += BLOCK;
        }
        for (int i = 0; i < BLOCK; i++) {
            Bare.Times times = bare.once();
            if (counts) {
                beside.add(times);
            }
        }
        for (double milliseconds : host.takeSwaps()) {
            add(swaps, milliseconds);
        }
        long messages = arrivals.take().toOthers();
        toOthers += counts ? messages : 0;
    }

    /// The connection is open while the peer may reach the host.
    private void thereAndBack(Way way) throws Exception {
        try (OpenStream stream = OpenStream.open(peerAddress, host.echoAddress(), PATIENCE)) {
            long began = store(way, false);
            add(cuts, (stream.awaitBroken(PATIENCE) - began) / 1e6);
            // Only now is a probe that does not come back not merely late.
            flipped(way, rejecting, probes.awaitRefused(PATIENCE) - began);
        }
        long passed = probes.passed();
        Fleet.Update update = update(way, true);
        if (probes.passed() != passed) {
            throw new IllegalStateException("a probe came through after the change was there");
        }
        long mark = probes.mark();
        long began = System.nanoTime();
        fleet.store(update);
        add(stored, (System.nanoTime() - began) / 1e6);
        flipped(way, allowing, probes.awaitPassing(mark, PATIENCE) - began);
    }

    /// @return before the request, by [System#nanoTime]
    private long store(Way way, boolean isAllowed) {
        Fleet.Update update = update(way, isAllowed);
        long began = System.nanoTime();
        fleet.store(update);
        add(stored, (System.nanoTime() - began) / 1e6);
        return began;
    }

    private Fleet.Update update(Way way, boolean isAllowed) {
        return switch (way) {
            case TAG -> fleet.role(peer, isAllowed ? Fleet.CLIENT : Fleet.GUEST);
            case RULESET -> {
                String path = "networkrulesetpolicies/" + rulesetId;
                ObjectNode ruleset =
                        (ObjectNode) stack.call("GET", path, peer.namespace(), token, "");
                ruleset.put("disabled", !isAllowed);
                yield new Fleet.Update(path, peer.namespace(), ruleset.toString());
            }
        };
    }

    private void flipped(Way way, Distribution direction, long nanos) {
        double milliseconds = nanos / 1e6;
        add(flips, milliseconds);
        add(direction, milliseconds);
        add(way == Way.TAG ? byTag : byRuleset, milliseconds);
    }

    private void add(Distribution distribution, double milliseconds) {
        if (counts) {
            distribution.add(milliseconds);
        }
    }

    /// @param stragglers messages to others that came after all
    void report(Results results, long stragglers) {
        print();
        int connected = fleet.enforcers().size();
        row(results, "flip", connected, flips)
                .put("storedP50", stored.at(0.5))
                .put("storedP99", stored.at(0.99))
                .put("enforcerP50", swaps.at(0.5))
                .put("enforcerP99", swaps.at(0.99))
                .put("allowP50", allowing.at(0.5))
                .put("allowP99", allowing.at(0.99))
                .put("rejectP50", rejecting.at(0.5))
                .put("rejectP99", rejecting.at(0.99))
                .put("tagP50", byTag.at(0.5))
                .put("rulesetP50", byRuleset.at(0.5))
                .put("messagesToOthers", toOthers + stragglers)
                .put("changes", measured)
                .print();
        row(results, "cut", connected, cuts).put("connections", measured / 2).print();
    }

    private void print() {
        System.out.printf(
                "%nA tag or a ruleset at the API, the verdict of a real enforcer's kernel (load"
                        + " average %.1f)%n",
                DistributionBench.loadAverage());
        beside.print();
        print("ours, the API's answer", stored);
        print("the enforcer's own part", swaps);
        print("a probe passes", allowing);
        print("a probe does not pass", rejecting);
        print("changed by a tag", byTag);
        print("changed by a ruleset", byRuleset);
        print("an open connection is cut", cuts);
        System.out.printf("  CPU milliseconds a change: %s%n", CpuUse.each(cpu, measured));
    }

    private static void print(String what, Distribution measured) {
        System.out.printf(
                "  %-28s p50 %6.1f ms  p99 %6.1f ms%n", what, measured.at(0.5), measured.at(0.99));
    }

    private Results.Row row(Results results, String name, int connected, Distribution measured) {
        Results.Row row =
                results.row("%s/%d-enforcers".formatted(name, connected), "ms")
                        .distribution(measured);
        return beside.limit(row, measured).put("loadAverage", DistributionBench.loadAverage());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        probes.close();
        peer.disconnect().join();
        host.close();
    }
}
