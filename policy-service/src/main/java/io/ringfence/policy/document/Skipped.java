package io.ringfence.policy.document;

/// A part of a document that is not imported.
///
/// @param key as it stands in the document
/// @param objects how many there are under it
/// @param reason why, or what replaced it
public record Skipped(String key, int objects, String reason) {

    public String sentence() {
        return "Skipped %d %s: %s".formatted(objects, key, reason);
    }
}
