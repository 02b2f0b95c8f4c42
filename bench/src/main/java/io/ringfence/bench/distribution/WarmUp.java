package io.ringfence.bench.distribution;

import io.ringfence.bench.measure.ProcessTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Changes of roles, several at once, and beside them the bare path, until a change does not cost
/// less CPU than before any more: what is measured afterwards is a console that has been at work,
/// not its compiling itself.
final class WarmUp {
    private static final long SEED = 20261129;
    private static final int AT_ONCE = 8;
    private static final long PART_NANOS = 5_000_000_000L;
    private static final int FEWEST_PARTS = 36;
    private static final int MOST_PARTS = 60;
    private static final double STILL_FALLING = 0.95;

    private final Fleet fleet;
    private final Map<String, ProcessTree> processes;
    private final List<Callable<Integer>> workers = new ArrayList<>();
    private long changes;

    WarmUp(Fleet fleet, Bare bare, Map<String, ProcessTree> processes) {
        this.fleet = fleet;
        this.processes = processes;
        workers.add(() -> alongside(bare));
        for (int worker = 0; worker < AT_ONCE; worker++) {
            List<SimulatedEnforcer> own = new ArrayList<>();
            List<SimulatedEnforcer> clients = fleet.clients();
            for (int i = worker; i < clients.size(); i += AT_ONCE) {
                own.add(clients.get(i));
            }
            if (!own.isEmpty()) {
                Random random = new Random(SEED + worker);
                workers.add(() -> changing(own, random));
            }
        }
    }

    /// For three minutes, and until the CPU of a change has twice not fallen any more.
    void run() throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        double least = Double.MAX_VALUE;
        int levelParts = 0;
        Map<String, Double> cpu = new LinkedHashMap<>();
        long inPart = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
            for (int part = 0;
                    part < MOST_PARTS && (part < FEWEST_PARTS || levelParts < 2);
                    part++) {
                cpu.clear();
                CpuUse use = CpuUse.from(processes);
                inPart = 0;
                for (Future<Integer> done : threads.invokeAll(workers)) {
                    inPart += done.get();
                }
                use.addTo(cpu);
                changes += inPart;
                double now = cpu.values().stream().mapToDouble(Double::doubleValue).sum() / inPart;
                levelParts = now < least * STILL_FALLING ? 0 : levelParts + 1;
                least = Math.min(least, now);
            }
        }
        System.out.printf(
                "%nWarmed up with %d changes in %.0f s%s; CPU milliseconds of the last ones: %s%n",
                changes,
                (System.nanoTime() - began) / 1e9,
                levelParts < 2 ? ", and they still cost less and less" : "",
                CpuUse.each(cpu, inPart));
    }

    /// Not a change.
    private static int alongside(Bare bare) throws Exception {
        long end = System.nanoTime() + PART_NANOS;
        while (System.nanoTime() < end) {
            bare.once();
        }
        return 0;
    }

    private int changing(List<SimulatedEnforcer> clients, Random random) {
        long end = System.nanoTime() + PART_NANOS;
        int done = 0;
        while (System.nanoTime() < end) {
            SimulatedEnforcer client = clients.get(random.nextInt(clients.size()));
            fleet.store(fleet.role(client, fleet.toggledRole(client)));
            done++;
        }
        return done;
    }
}
