package io.ringfence.bench.measure;

import io.ringfence.bench.load.Load;
import io.ringfence.bench.load.LoadProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Contenders in turns, A B C A B C, and of each the round with the median CPU per request, so that
/// a noisy neighbour does not decide.
public final class Comparison {
    private static final int WARM_UP_PART_MILLISECONDS = 5_000;
    private static final int FEWEST_WARM_UP_PARTS = 12;
    private static final int MOST_WARM_UP_PARTS = 30;

    private static final double STILL_FALLING = 0.95;

    private final LoadProcess generator;
    private final int rounds;
    private final int milliseconds;

    public Comparison(LoadProcess generator, int rounds, int milliseconds) {
        this.generator = generator;
        this.rounds = rounds;
        this.milliseconds = milliseconds;
    }

    /// Prints what was measured.
    ///
    /// @return one for each contender, in their order
    public List<Round> run(String title, Contender... contenders) throws IOException {
        for (Contender each : contenders) {
            warmUp(each);
        }
        List<List<Round>> all = new ArrayList<>();
        for (Contender _ : contenders) {
            all.add(new ArrayList<>());
        }
        for (int i = 0; i < rounds; i++) {
            for (int j = 0; j < contenders.length; j++) {
                Contender each = contenders[j];
                all.get(j)
                        .add(
                                Round.of(
                                        generator,
                                        each.load().lasting(milliseconds),
                                        each.processes()));
            }
        }
        List<Round> medians = all.stream().map(Comparison::median).toList();
        System.out.printf("%n%s%n", title);
        int width =
                Arrays.stream(contenders).mapToInt(each -> each.name().length()).max().orElse(0);
        for (int j = 0; j < contenders.length; j++) {
            System.out.printf(
                    "  %s  %s%n",
                    contenders[j].name() + " ".repeat(width - contenders[j].name().length()),
                    medians.get(j));
        }
        return medians;
    }

    /// Compiled code is what is measured, not its compilation: for a minute, and until the CPU per
    /// request has twice not fallen any more.
    private void warmUp(Contender contender) throws IOException {
        Load load = contender.load().lasting(WARM_UP_PART_MILLISECONDS);
        double least = Double.MAX_VALUE;
        int levelParts = 0;
        for (int part = 0;
                part < MOST_WARM_UP_PARTS && (part < FEWEST_WARM_UP_PARTS || levelParts < 2);
                part++) {
            double now =
                    Round.of(generator, load, contender.processes()).cpuMicrosecondsPerRequest();
            levelParts = now < least * STILL_FALLING ? 0 : levelParts + 1;
            least = Math.min(least, now);
        }
        if (levelParts < 2) {
            System.out.printf(
                    "%nNot warm yet: the CPU per request of '%s' still falls%n", contender.name());
        }
    }

    private static Round median(List<Round> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Round::cpuMicrosecondsPerRequest))
                .skip((rounds.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
