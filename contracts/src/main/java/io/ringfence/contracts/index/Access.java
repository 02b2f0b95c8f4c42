package io.ringfence.contracts.index;

/// Who may ask at all.
public enum Access {
    /// Everyone: it is where callers become known, or public by nature.
    OPEN,
    /// Everyone who is known; the answer is about the caller, or no secret.
    AUTHENTICATED,
    /// Whoever is authorized in the namespace.
    AUTHORIZED
}
