package io.ringfence.bench.measure;

import io.ringfence.bench.load.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Ours beside the limit: rounds A B A B, and of each the one with the median CPU per request, so
/// that a noisy neighbour does not decide.
public final class Comparison {
    private static final int WARM_UP_PART_MILLISECONDS = 5_000;
    private static final int FEWEST_WARM_UP_PARTS = 12;
    private static final int MOST_WARM_UP_PARTS = 30;
    private static final double STILL_FALLING = 0.95;

    private final int rounds;
    private final int milliseconds;

    public Comparison(int rounds, int milliseconds) {
        this.rounds = rounds;
        this.milliseconds = milliseconds;
    }

    /// Prints what was measured.
    ///
    /// @return ours over the limit, in CPU per request
    public double print(
            String title,
            Load limit,
            Map<String, ProcessTree> limitProcesses,
            Load ours,
            Map<String, ProcessTree> ourProcesses)
            throws IOException {
        warmUp(limit, limitProcesses);
        warmUp(ours, ourProcesses);
        List<Round> limits = new ArrayList<>();
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            limits.add(Round.of(limit.lasting(milliseconds), limitProcesses));
            all.add(Round.of(ours.lasting(milliseconds), ourProcesses));
        }
        double ratio =
                median(all).cpuMicrosecondsPerRequest()
                        / median(limits).cpuMicrosecondsPerRequest();
        System.out.printf("%n%s%n", title);
        print("limit", median(limits));
        print("ours", median(all));
        System.out.printf("  %-6s %s%n", "", byProcess(median(all)));
        System.out.printf("  ratio of CPU per request %.1f%n", ratio);
        return ratio;
    }

    /// Prints what ours does alone.
    public void print(String title, Load ours, Map<String, ProcessTree> processes)
            throws IOException {
        warmUp(ours, processes);
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            all.add(Round.of(ours.lasting(milliseconds), processes));
        }
        System.out.printf("%n%s%n", title);
        print("ours", median(all));
        System.out.printf("  %-6s %s%n", "", byProcess(median(all)));
    }

    /// Compiled code is what is measured, not its compilation: for a minute, and until the CPU per
    /// request has twice not fallen any more.
    private static void warmUp(Load load, Map<String, ProcessTree> processes) throws IOException {
        double least = Double.MAX_VALUE;
        int levelParts = 0;
        for (int part = 0;
                part < MOST_WARM_UP_PARTS && (part < FEWEST_WARM_UP_PARTS || levelParts < 2);
                part++) {
            double now =
                    Round.of(load.lasting(WARM_UP_PART_MILLISECONDS), processes)
                            .cpuMicrosecondsPerRequest();
            levelParts = now < least * STILL_FALLING ? 0 : levelParts + 1;
            least = Math.min(least, now);
        }
        if (levelParts < 2) {
            System.out.printf("%nNot warm yet: the CPU per request still falls%n");
        }
    }

    private static Round median(List<Round> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Round::cpuMicrosecondsPerRequest))
                .skip((rounds.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private static void print(String name, Round round) {
        System.out.printf(
                "  %-6s %8.0f requests/s  %7.1f us CPU/request  p50 %6.2f ms  p99 %6.2f ms%n",
                name,
                round.seen().perSecond(),
                round.cpuMicrosecondsPerRequest(),
                round.seen().medianMicroseconds() / 1e3,
                round.seen().p99Microseconds() / 1e3);
    }

    private static String byProcess(Round round) {
        return round.cpuSeconds().keySet().stream()
                .filter(name -> round.cpuMicrosecondsPerRequest(name) >= 0.5)
                .map(name -> "%s %.1f".formatted(name, round.cpuMicrosecondsPerRequest(name)))
                .collect(Collectors.joining(", "));
    }
}
