package io.ringfence.engine.explain;

import io.ringfence.engine.Action;

/// The answer: it passes unless one of the sides rejects it.
///
/// @param text the same in words: a sentence for each side that rejects, else one in all
public record Explanation(Action action, Side outgoing, Side incoming, String text) {}
