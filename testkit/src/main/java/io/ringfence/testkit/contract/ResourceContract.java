package io.ringfence.testkit.contract;

import java.util.Set;

/// What a service has to say about a resource for its contract to be derived.
///
/// @param sample a valid create, JSON, without a name
/// @param namespace where objects are created; empty: where those of all others are
/// @param rewritten attributes that are not stored as they were sent: a namespace's name becomes
///   absolute, a secret is not answered
/// @param computed attributes that are not stored but made when read, so that no filter finds them
/// @param apart why there is no contract, but tests of its own; empty: there is one
public record ResourceContract(
        String identity,
        String sample,
        String namespace,
        Set<String> rewritten,
        Set<String> computed,
        String apart) {

    public static ResourceContract of(String identity, String sample) {
        return new ResourceContract(identity, sample, "", Set.of(), Set.of(), "");
    }

    /// A resource that is not made by what a client may send alone.
    public static ResourceContract apart(String identity, String reason) {
        return new ResourceContract(identity, "{}", "", Set.of(), Set.of(), reason);
    }

    public ResourceContract in(String otherNamespace) {
        return new ResourceContract(identity, sample, otherNamespace, rewritten, computed, apart);
    }

    public ResourceContract rewriting(String... attributes) {
        return new ResourceContract(
                identity, sample, namespace, Set.of(attributes), computed, apart);
    }

    public ResourceContract computing(String... attributes) {
        return new ResourceContract(
                identity, sample, namespace, rewritten, Set.of(attributes), apart);
    }
}
