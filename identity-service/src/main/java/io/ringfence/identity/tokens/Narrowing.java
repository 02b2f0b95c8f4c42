package io.ringfence.identity.tokens;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.token.Restrictions;
import java.util.List;
import java.util.Optional;

/// Restrictions only ever get narrower: what is asked for must lie within what the source has, and
/// what is not asked for is taken over from the source. Both sides are well-formed already.
final class Narrowing {
    private Narrowing() {}

    /// @throws ApiException 403 naming what is wider
    static Restrictions of(Restrictions source, Restrictions asked) {
        return new Restrictions(
                namespace(source.namespace(), asked.namespace()),
                permissions(source.perms(), asked.perms()),
                networks(source.networks(), asked.networks()));
    }

    private static String namespace(String source, String asked) {
        if (asked.isEmpty()) {
            return source;
        }
        if (!source.isEmpty() && !new NamespaceName(source).covers(new NamespaceName(asked))) {
            throw wider("restrictedNamespace", asked, source);
        }
        return asked;
    }

    /// Permissions are compared as they are written: a role is not looked into.
    private static List<String> permissions(List<String> source, List<String> asked) {
        if (asked.isEmpty()) {
            return source;
        }
        for (String permission : asked) {
            if (!source.isEmpty() && !source.contains(permission)) {
                throw wider("restrictedPermissions", permission, String.join(" ", source));
            }
        }
        return asked;
    }

    private static List<String> networks(List<String> source, List<String> asked) {
        if (asked.isEmpty()) {
            return source;
        }
        List<Prefix> allowed = source.stream().map(Prefix::parse).toList();
        for (String network : asked) {
            Prefix prefix = Prefix.parse(network);
            if (!allowed.isEmpty() && allowed.stream().noneMatch(wide -> wide.contains(prefix))) {
                throw wider("restrictedNetworks", network, String.join(" ", source));
            }
        }
        return asked;
    }

    private static ApiException wider(String attribute, String asked, String source) {
        return new Fault(
                        403,
                        "Forbidden",
                        "A token is never wider than what it is made from: '%s' is not within '%s'"
                                .formatted(asked, source),
                        Optional.of(attribute))
                .asException();
    }
}
