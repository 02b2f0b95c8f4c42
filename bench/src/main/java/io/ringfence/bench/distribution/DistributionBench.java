package io.ringfence.bench.distribution;

import io.ringfence.bench.measure.Distribution;
import io.ringfence.bench.measure.ProcessTree;
import io.ringfence.bench.measure.Results;
import io.ringfence.bench.stack.Stack;
import io.ringfence.bench.wire.Wire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One changed tag from the API to the enforcer it concerns, one change to the verdicts of a real
/// enforcer, one that concerns everybody, and everybody coming back at once.
public final class DistributionBench {
    private static final int USUAL_ENFORCERS = 2_000;
    private static final long SEED = 20261128;
    private static final String ELSEWHERE = "10.250.250.250";
    private static final int BLOCK = 20;
    private static final int WARM_UP_BLOCKS = 2;
    private static final int ROUNDS = 5;
    private static final long PATIENCE_MILLISECONDS = 60_000;
    private static final long PATIENCE_MILLISECONDS_EACH = 100;

    private final Stack stack;
    private final Path home;
    private final @Nullable Wire wire;
    private final Map<String, ProcessTree> processes;
    private final ProcessTree gateway;
    private final Arrivals arrivals = new Arrivals();
    private final Fleet fleet;
    private final Results results = new Results();
    private boolean partner = true;

    private DistributionBench(Stack stack, Path home, @Nullable Wire wire, int tenantSize) {
        this.stack = stack;
        this.home = home;
        this.wire = wire;
        this.processes = new LinkedHashMap<>(stack.processes());
        this.processes.put("bench", new ProcessTree(ProcessHandle.current().pid()));
        this.gateway = process("gateway");
        this.fleet = new Fleet(stack, tenantSize, arrivals);
    }

    /// Arguments: the project's folder, the port base, the file the results go to, enforcers
    /// connected end to end and at the reconnect, enforcers in a tenant, and changes.
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int portBase = Integer.parseInt(arguments[1]);
        int endToEnd = Integer.parseInt(arguments[3]);
        int reconnecting = Math.max(endToEnd, Integer.parseInt(arguments[4]));
        String missing = Wire.missing().orElse(null);
        if (missing != null) {
            System.out.printf(
                    "No verdict of a real enforcer is measured, and there are no rows flip and cut:"
                            + " this needs %s.%n",
                    missing);
        }
        try (Wire wire = missing == null ? Wire.lay(portBase) : null;
                Stack stack =
                        Stack.up(
                                home,
                                portBase,
                                wire == null ? Stack.LOOPBACK : wire.consoleAddress(),
                                heaps(reconnecting))) {
            DistributionBench bench =
                    new DistributionBench(stack, home, wire, Integer.parseInt(arguments[5]));
            try (bench.fleet) {
                bench.run(endToEnd, reconnecting, Integer.parseInt(arguments[6]));
            }
            bench.results.write(Path.of(arguments[2]));
        }
    }

    /// What `up` gives suits a thousand or two.
    private static String[] heaps(int enforcers) {
        return enforcers <= USUAL_ENFORCERS
                ? new String[0]
                : new String[] {
                    "--heap",
                    "gateway=%dm".formatted(192 + enforcers / 8),
                    "--heap",
                    "policy-service=%dm".formatted(192 + enforcers / 32)
                };
    }

    private ProcessTree process(String name) {
        ProcessTree process = processes.get(name);
        if (process == null) {
            throw new IllegalStateException("the stack has no " + name);
        }
        return process;
    }

    private void run(int endToEnd, int reconnecting, int changes) throws Exception {
        grow(endToEnd);
        Memory before = Memory.of(gateway);
        connectFrom(0);
        everybodyOnce();
        int frameBytes = (int) arrivals.take().bytesPerMessage();
        try (Bare bare = Bare.open(home, stack, frameBytes)) {
            new WarmUp(fleet, bare, processes).run();
            stragglers();
            endToEnd(changes, bare, frameBytes);
            flip(changes, bare);
        }
        grow(reconnecting);
        connectFrom(endToEnd);
        directories();
        reconnect(before);
    }

    private void grow(int count) throws Exception {
        int more = count - fleet.enforcers().size();
        if (more == 0) {
            return;
        }
        Map<String, Double> cpu = new LinkedHashMap<>();
        CpuUse use = CpuUse.from(processes);
        long began = System.nanoTime();
        fleet.growTo(count);
        use.addTo(cpu);
        System.out.printf(
                "%nRegistered %d in %.0f s; load average %.1f; CPU milliseconds each: %s%n",
                more, secondsSince(began), loadAverage(), CpuUse.each(cpu, more));
    }

    private void connectFrom(int first) throws Exception {
        List<SimulatedEnforcer> some = fleet.enforcers().subList(first, fleet.enforcers().size());
        if (some.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        var all = arrivals.expect(ids(some));
        some.forEach(SimulatedEnforcer::connect);
        await(all);
        System.out.printf(
                "Connected %d in %.1f s, each with its policy; policy-service has %d MB, the"
                        + " gateway %d MB%n",
                some.size(),
                secondsSince(began),
                process("policy-service").residentBytes() >> 20,
                gateway.residentBytes() >> 20);
    }

    private void flip(int changes, Bare bare) throws Exception {
        Wire laid = wire;
        if (laid != null) {
            try (FlipBench flips = new FlipBench(stack, home, laid, fleet, arrivals)) {
                flips.measure(changes, bare, processes);
                flips.report(results, stragglers());
            }
        }
    }

    private void endToEnd(int changes, Bare bare, int frameBytes) throws Exception {
        int connected = fleet.enforcers().size();
        Random random = new Random(SEED);
        Distribution ours = new Distribution();
        Distribution stored = new Distribution();
        Bare.Beside beside = new Bare.Beside();
        Map<String, Double> cpu = new LinkedHashMap<>();
        long toOthers = 0;
        long repeated = 0;
        int blocks = (changes + BLOCK - 1) / BLOCK;
        for (int block = -WARM_UP_BLOCKS; block < blocks; block++) {
            boolean counts = block >= 0;
            CpuUse use = CpuUse.from(processes);
            for (int i = 0; i < BLOCK; i++) {
                change(fleet.client(random.nextInt(1 << 30), connected), counts, ours, stored);
            }
            if (counts) {
                use.addTo(cpu);
            }
            for (int i = 0; i < BLOCK; i++) {
                Bare.Times times = bare.once();
                if (counts) {
                    beside.add(times);
                }
            }
            Arrivals.Counts seen = arrivals.take();
            if (counts) {
                toOthers += seen.toOthers();
                repeated += seen.repeated();
            }
        }
        toOthers += stragglers();
        System.out.printf(
                "%nOne tag at the API, its policy at the one enforcer concerned (load average"
                        + " %.1f)%n",
                loadAverage());
        beside.print();
        System.out.printf(
                "  %-28s p50 %6.1f ms  p99 %6.1f ms%n",
                "ours, the API's answer", stored.at(0.5), stored.at(0.99));
        System.out.printf(
                "  %-28s p50 %6.1f ms  p99 %6.1f ms%n",
                "ours, the policy's arrival", ours.at(0.5), ours.at(0.99));
        int measured = (changes + BLOCK - 1) / BLOCK * BLOCK;
        System.out.printf("  CPU milliseconds a change: %s%n", CpuUse.each(cpu, measured));
        Results.Row row =
                results.row("end-to-end/%d-enforcers".formatted(connected), "ms")
                        .distribution(ours);
        beside.limit(row, ours)
                .put("storedP50", stored.at(0.5))
                .put("storedP99", stored.at(0.99))
                .put("messagesToOthers", toOthers)
                .put("messagesRepeated", repeated)
                .put("policyBytes", (long) frameBytes)
                .put("changes", (long) measured)
                .put("loadAverage", loadAverage())
                .print();
    }

    /// A client becomes a guest, and the next time a client again.
    private void change(
            SimulatedEnforcer client, boolean counts, Distribution ours, Distribution stored)
            throws Exception {
        Fleet.Update update = fleet.role(client, fleet.toggledRole(client));
        SimulatedEnforcer server = fleet.serverOf(client);
        var arrived = arrivals.expect(List.of(server.id()));
        long began = System.nanoTime();
        fleet.store(update);
        long answered = System.nanoTime();
        long at = await(arrived).getOrDefault(server.id(), Long.MAX_VALUE);
        if (counts) {
            stored.add((answered - began) / 1e6);
            ours.add((at - began) / 1e6);
        }
    }

    /// What is still on its way to somebody arrives before what all get now.
    ///
    /// @return messages that nobody should have got
    private long stragglers() throws Exception {
        everybodyOnce();
        Arrivals.Counts last = arrivals.take();
        return last.toOthers() + last.messages() - fleet.enforcers().size();
    }

    /// @return milliseconds until each had it
    private Distribution everybodyOnce() throws Exception {
        partner = !partner;
        Fleet.Update update = fleet.partner(partner ? Fleet.PARTNER : Fleet.STRANGER);
        var all = arrivals.expect(ids(fleet.enforcers()));
        long began = System.nanoTime();
        fleet.store(update);
        return since(began, await(all).values());
    }

    /// A host moves to another address and back: everybody of its tenant hears of it.
    private void directories() throws Exception {
        SimulatedEnforcer host = fleet.enforcers().getLast();
        List<SimulatedEnforcer> tenant = fleet.tenantOf(host);
        String own = Fleet.address(fleet.enforcers().size() - 1);
        Distribution toAll = new Distribution();
        Map<String, Double> cpu = new LinkedHashMap<>();
        arrivals.take();
        for (int round = 0; round < 2 * ROUNDS; round++) {
            Fleet.Update update = fleet.address(host, round % 2 == 0 ? ELSEWHERE : own);
            CpuUse use = CpuUse.from(processes);
            var all = arrivals.expectDirectories(ids(tenant));
            long began = System.nanoTime();
            fleet.store(update);
            toAll.add((await(all) - began) / 1e6);
            use.addTo(cpu);
        }
        Arrivals.Counts seen = arrivals.take();
        System.out.printf(
                "%nOne address that changes, to all %d of the tenant (load average %.1f)%n",
                tenant.size(), loadAverage());
        System.out.printf(
                "  until all know it  p50 %6.1f ms; a frame has %d bytes; policies sent: %d%n",
                toAll.at(0.5), seen.bytesPerDirectory(), seen.messages());
        System.out.printf(
                "  CPU milliseconds an enforcer: %s%n",
                CpuUse.each(cpu, (long) tenant.size() * 2 * ROUNDS));
        results.row("directory/%d-enforcers".formatted(tenant.size()), "ms")
                .distribution(toAll)
                .put("frameBytes", seen.bytesPerDirectory())
                .put("policiesSent", seen.messages())
                .put("loadAverage", loadAverage())
                .print();
    }

    private void reconnect(Memory before) throws Exception {
        Distribution toAll = new Distribution();
        Map<String, Double> changeCpu = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            CpuUse use = CpuUse.from(processes);
            toAll.add(everybodyOnce().at(1));
            use.addTo(changeCpu);
        }
        int policyBytes = (int) arrivals.take().bytesPerMessage();
        int connected = fleet.enforcers().size();
        Memory connectedAll = Memory.of(gateway);
        fleet.disconnect();
        Memory connectedNone = Memory.of(gateway);
        fleet.takeFailures();
        Distribution back = new Distribution();
        Distribution allBack = new Distribution();
        Map<String, Double> backCpu = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            fleet.disconnect();
            var all = arrivals.expect(ids(fleet.enforcers()));
            CpuUse use = CpuUse.from(processes);
            long began = System.nanoTime();
            fleet.enforcers().forEach(SimulatedEnforcer::connect);
            Collection<Long> arrived = await(all).values();
            use.addTo(backCpu);
            arrived.forEach(at -> back.add((at - began) / 1e6));
            allBack.add(since(began, arrived).at(1));
        }
        long failures = fleet.takeFailures();
        System.out.printf(
                "%nOne tag that concerns all %d, and all of them coming back at once without a"
                        + " policy (load average %.1f)%n",
                connected, loadAverage());
        System.out.printf("  until all have the tag's policy  p50 %6.0f ms%n", toAll.at(0.5));
        System.out.printf(
                "  CPU milliseconds an enforcer: %s%n",
                CpuUse.each(changeCpu, (long) connected * ROUNDS));
        System.out.printf("  until all are back and served    p50 %6.0f ms%n", allBack.at(0.5));
        System.out.printf(
                "  CPU milliseconds an enforcer: %s%n",
                CpuUse.each(backCpu, (long) connected * ROUNDS));
        results.row("reconnect/%d-enforcers".formatted(connected), "ms")
                .distribution(back)
                .put("allBack", allBack.at(0.5))
                .put("allHaveTag", toAll.at(0.5))
                .put("failedConnections", failures)
                .put("policyBytes", (long) policyBytes)
                .put(
                        "residentBytesPerConnection",
                        (connectedAll.residentBytes() - before.residentBytes()) / connected)
                .put(
                        "heapBytesPerConnection",
                        (connectedAll.heapBytes() - before.heapBytes()) / connected)
                .put(
                        "heapBytesReleasedPerConnection",
                        (connectedAll.heapBytes() - connectedNone.heapBytes()) / connected)
                .put("loadAverage", loadAverage())
                .print();
    }

    private static Distribution since(long began, Collection<Long> arrivals) {
        Distribution milliseconds = new Distribution();
        arrivals.forEach(at -> milliseconds.add((at - began) / 1e6));
        return milliseconds;
    }

    private <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        long patience =
                PATIENCE_MILLISECONDS + PATIENCE_MILLISECONDS_EACH * fleet.enforcers().size();
        try {
            return future.get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new TimeoutException(
                    "%d enforcers have no policy after %d s; %d connections failed"
                            .formatted(arrivals.missing(), patience / 1_000, fleet.takeFailures()));
        }
    }

    private static List<String> ids(List<SimulatedEnforcer> enforcers) {
        return enforcers.stream().map(SimulatedEnforcer::id).toList();
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// What a JVM holds once its garbage is gone.
    private record Memory(long residentBytes, long heapBytes) {
        static Memory of(ProcessTree process) throws IOException, InterruptedException {
            jcmd(process, "GC.run");
            long heap = HeapText.usedBytes(jcmd(process, "GC.heap_info"));
            return new Memory(process.residentBytes(), heap);
        }

        private static String jcmd(ProcessTree process, String command)
                throws IOException, InterruptedException {
            Process jcmd =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    Long.toString(process.pid()),
                                    command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output = new String(jcmd.getInputStream().readAllBytes());
            if (jcmd.waitFor() != 0) {
                throw new IOException("jcmd " + command + " failed: " + output);
            }
            return output;
        }
    }
}
