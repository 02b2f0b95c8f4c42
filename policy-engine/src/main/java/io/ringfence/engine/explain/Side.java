package io.ringfence.engine.explain;

import io.ringfence.engine.Verdict;
import java.util.List;

/// What one end says: the source about going out, the destination about coming in.
public sealed interface Side {
    /// Nobody enforces there.
    record NotApplicable() implements Side {}

    /// @param withheld a ruleset decided that whoever asks may not read: its id, name, namespace
    ///   and rule are empty
    /// @param nearest for a rejection by default only, nearest first
    record Judged(Verdict verdict, boolean withheld, List<NearRule> nearest) implements Side {
        public Judged {
            nearest = List.copyOf(nearest);
        }
    }
}
