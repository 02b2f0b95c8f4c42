package io.ringfence.bench.compile;

import com.sun.management.ThreadMXBean;
import io.ringfence.bench.measure.Distribution;
import io.ringfence.bench.measure.Results;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.IncrementalCompiler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One changed tag, and everything from nothing, at two sizes.
public final class CompileBench {
    private static final long SEED = 20261128;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 9;
    private static final double BASE_MICROSECONDS = 1;
    private static final double MICROSECONDS_PER_ENFORCER = 0.1;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String size;
    private final GeneratedWorld world;
    private final Results results;

    CompileBench(String size, GeneratedWorld world, Results results) {
        this.size = size;
        this.world = world;
        this.results = results;
    }

    /// Arguments: the file the results go to, and how many changes are measured.
    public static void main(String[] arguments) throws IOException {
        Results results = new Results();
        int changes = Integer.parseInt(arguments[1]);
        new CompileBench("10k-1k", new GeneratedWorld(10_000, 1_000, SEED), results)
                .run(changes, 80);
        new CompileBench("100k-10k", new GeneratedWorld(100_000, 10_000, SEED), results)
                .run(changes, 1_500);
        results.write(Path.of(arguments[0]));
    }

    void run(int changes, double fullCompileLimit) {
        List<Change> everything = world.asChanges();
        long without = usedBytes();
        IncrementalCompiler compiler = compiled(everything);
        long retained = usedBytes() - without;
        measureFullCompile(everything, fullCompileLimit).put("retainedBytes", retained).print();
        measureTagChanges(compiler, changes);
    }

    private Results.Row measureFullCompile(List<Change> everything, double limit) {
        Distribution milliseconds = new Distribution();
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            long began = System.nanoTime();
            compiled(everything);
            if (round >= 0) {
                milliseconds.add((System.nanoTime() - began) / 1e6);
            }
        }
        return results.row("full-compile/" + size, "ms")
                .distribution(milliseconds)
                .limit(limit, milliseconds.at(0.5) / limit);
    }

    private static IncrementalCompiler compiled(List<Change> changes) {
        IncrementalCompiler compiler = new IncrementalCompiler();
        compiler.apply(changes);
        return compiler;
    }

    private void measureTagChanges(IncrementalCompiler compiler, int changes) {
        Rescan rescan = new Rescan(world.rulesets());
        Random random = new Random(SEED);
        List<ProcessingUnit> units = new ArrayList<>(world.units());
        Distribution ours = new Distribution();
        Distribution limits = new Distribution();
        Distribution ratios = new Distribution();
        Distribution enforcers = new Distribution();
        Distribution naive = new Distribution();
        long allocated = 0;
        int warmUp = changes;
        for (int done = -warmUp; done < changes; ) {
            int number = random.nextInt(units.size());
            ProcessingUnit before = units.get(number);
            ProcessingUnit after = world.retagged(before);
            units.set(number, after);
            List<Change> change = List.of(new Change.UnitIs(after));
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long began = System.nanoTime();
            List<String> concerned = compiler.apply(change);
            double microseconds = (System.nanoTime() - began) / 1e3;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            boolean seldom = done % 100 == 0;
            double rescanned = 0;
            if (seldom) {
                began = System.nanoTime();
                rescan.toggled(before, after);
                rescanned = (System.nanoTime() - began) / 1e3;
            }
            if (concerned.isEmpty()) {
                continue;
            }
            if (done++ >= 0) {
                double limit = BASE_MICROSECONDS + MICROSECONDS_PER_ENFORCER * concerned.size();
                ours.add(microseconds);
                limits.add(limit);
                ratios.add(microseconds / limit);
                enforcers.add(concerned.size());
                allocated += bytes;
                if (seldom) {
                    naive.add(rescanned);
                }
            }
        }
        results.row("tag-change/" + size, "us")
                .distribution(ours)
                .limit(limits.at(0.5), ratios.at(0.5))
                .put("ratioP99", ratios.at(0.99))
                .put("enforcersP50", enforcers.at(0.5))
                .put("enforcersP99", enforcers.at(0.99))
                .put("allocatedBytes", allocated / changes)
                .put("naiveP50", naive.at(0.5))
                .print();
    }

    private static long usedBytes() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
