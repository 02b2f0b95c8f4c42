package io.ringfence.trust.token;

import java.util.List;

/// What a token may be used for at most, on top of what its holder may do.
///
/// @param namespace only this one and those below; empty: any
/// @param perms only these roles or `identity,verb` lines; empty: any
/// @param networks only from these networks (CIDR); empty: from anywhere
public record Restrictions(String namespace, List<String> perms, List<String> networks) {
    public static final Restrictions NONE = new Restrictions("", List.of(), List.of());

    public Restrictions {
        perms = List.copyOf(perms);
        networks = List.copyOf(networks);
    }
}
