package io.ringfence.contracts.index;

import java.util.List;

/// A line of the index.
public sealed interface Entry {
    /// Singular, as in permissions: `networkrulesetpolicy`.
    String identity();

    /// First segments of paths that name it: the usual one first, then other spellings.
    List<String> segments();

    record Served(String identity, List<String> segments, Owner owner, Access access)
            implements Entry {}

    /// What a former release had and this one has not.
    ///
    /// @param explanation a sentence for the client: what replaced it
    record Retired(String identity, List<String> segments, String explanation) implements Entry {}
}
