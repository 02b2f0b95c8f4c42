package io.ringfence.bench.measure;

import io.ringfence.bench.load.Load;
import java.util.Map;

/// One of those that are measured in turns.
///
/// @param processes all that work for the load, by name
public record Contender(String name, Load load, Map<String, ProcessTree> processes) {}
