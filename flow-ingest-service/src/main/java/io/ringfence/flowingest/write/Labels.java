package io.ringfence.flowingest.write;

import java.util.ArrayList;
import java.util.List;

/// Collects the labels of a series; empty ones are left out, as an absent label is an empty one.
final class Labels {
    private static final int MOST = 24;

    private final List<Label> labels = new ArrayList<>(MOST);

    Labels(String metric) {
        labels.add(new Label("__name__", metric));
    }

    Labels with(String name, String value) {
        if (!value.isEmpty()) {
            labels.add(new Label(name, value));
        }
        return this;
    }

    /// Not to be changed any more; handed out as it is, because there is one per row.
    List<Label> toList() {
        return labels;
    }
}
