package io.ringfence.e2e;

import java.util.List;

/// For how long hosts judged an address by its former owner, as policy-service has counted it.
///
/// @param count of hosts, once for each change they took in
record Freshness(long count, double sumSeconds) {
    private static final String METRIC = "ringfence_policy_inventory_freshness_seconds";

    static Freshness of(Stack stack) {
        List<String> lines = stack.policyMetrics();
        return new Freshness((long) value(lines, METRIC + "_count"), value(lines, METRIC + "_sum"));
    }

    Freshness since(Freshness before) {
        return new Freshness(count - before.count, sumSeconds - before.sumSeconds);
    }

    private static double value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
