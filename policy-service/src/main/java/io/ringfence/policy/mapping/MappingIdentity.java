package io.ringfence.policy.mapping;

/// Identity of the resource this room gives its meaning.
public final class MappingIdentity {
    public static final String NAMESPACE_MAPPING = "namespacemappingpolicy";

    private MappingIdentity() {}
}
