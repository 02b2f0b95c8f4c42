package io.ringfence.gateway.authorize;

import io.ringfence.contracts.permission.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where a caller stands in a namespace: the policies that concern it there, and what they come to.
///
/// @param generation of the authorizations it was made from
/// @param own what the caller has by what it is, without a policy
/// @param limit what its token may be used for at most; none: anything
/// @param settled the outcome, if it does not depend on when and from where the caller asks
record Standing(
        long generation,
        List<AuthorizationPolicy> policies,
        Permissions own,
        Optional<Permissions> limit,
        Optional<Permissions> settled) {

    static Standing of(
            long generation,
            List<AuthorizationPolicy> policies,
            Permissions own,
            Optional<Permissions> limit) {
        boolean conditional = policies.stream().anyMatch(AuthorizationPolicy::isConditional);
        return new Standing(
                generation,
                policies,
                own,
                limit,
                conditional
                        ? Optional.empty()
                        : Optional.of(limited(sum(policies).or(own), limit)));
    }

    Permissions at(String remoteAddress, Instant now) {
        return settled.isPresent()
                ? settled.get()
                : limited(unlimitedAt(remoteAddress, now), limit);
    }

    /// Without what the token takes off.
    Permissions unlimitedAt(String remoteAddress, Instant now) {
        return sum(policies.stream().filter(each -> each.admits(remoteAddress, now)).toList())
                .or(own);
    }

    private static Permissions sum(List<AuthorizationPolicy> applying) {
        boolean onlyFallback = applying.stream().allMatch(AuthorizationPolicy::fallback);
        return applying.stream()
                .filter(policy -> onlyFallback || !policy.fallback())
                .map(AuthorizationPolicy::permissions)
                .reduce(Permissions.NONE, Permissions::or);
    }

    private static Permissions limited(Permissions held, Optional<Permissions> limit) {
        return limit.map(held::and).orElse(held);
    }
}
