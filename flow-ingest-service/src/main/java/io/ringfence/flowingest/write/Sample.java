package io.ringfence.flowingest.write;

import java.util.List;

/// One point of one series.
///
/// @param labels by name, the metric's name among them as `__name__`; none is empty
/// @param value how many, at most 2^53
/// @param timestampMs since 1970
public record Sample(List<Label> labels, long value, long timestampMs) {}
