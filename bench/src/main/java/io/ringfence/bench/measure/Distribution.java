package io.ringfence.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Measured values, asked for by rank.
public final class Distribution {
    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    /// The value below which this share of all lie; 0.5 is the median. NaN without values.
    public double at(double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(values);
        return values.get((int) Math.min(values.size() - 1L, Math.round(share * values.size())));
    }
}
