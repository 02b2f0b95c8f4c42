package io.ringfence.engine.explain;

import io.ringfence.engine.Traffic;

/// May `source` open this to `destination`?
public record Question(Endpoint source, Endpoint destination, Traffic traffic) {}
