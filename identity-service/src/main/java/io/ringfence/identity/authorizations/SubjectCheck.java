package io.ringfence.identity.authorizations;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.protocol.declaration.AttributeCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules for the subject of an API authorization (`reference/api.md` §0): every line has at
/// least two claims, all of the form `@auth:key=value`, exactly one of them the realm; identities
/// that come from a provider of a namespace also name that namespace.
final class SubjectCheck implements AttributeCheck {
    private static final String CLAIM = "@auth:";
    private static final String REALM = "@auth:realm=";
    private static final String NAMESPACE = "@auth:namespace=";
    private static final Set<String> REALMS_OF_NAMESPACES = Set.of("oidc", "saml");

    @Override
    public Optional<String> problem(JsonNode subject) {
        for (JsonNode line : subject) {
            List<String> claims = new ArrayList<>();
            line.forEach(claim -> claims.add(claim.asText()));
            Optional<String> problem = problem(claims);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(List<String> claims) {
        if (claims.size() < 2) {
            return Optional.of("must have at least two claims in every line");
        }
        for (String claim : claims) {
            int equals = claim.indexOf('=');
            if (!claim.startsWith(CLAIM)
                    || equals <= CLAIM.length()
                    || equals == claim.length() - 1) {
                return Optional.of("must hold only claims written @auth:key=value");
            }
        }
        List<String> realms =
                claims.stream()
                        .filter(claim -> claim.startsWith(REALM))
                        .map(claim -> claim.substring(REALM.length()))
                        .toList();
        if (realms.size() != 1) {
            return Optional.of("must have exactly one @auth:realm in every line");
        }
        boolean needsNamespace = REALMS_OF_NAMESPACES.contains(realms.getFirst());
        return needsNamespace && claims.stream().noneMatch(claim -> claim.startsWith(NAMESPACE))
                ? Optional.of("must have @auth:namespace in every line of realm oidc or saml")
                : Optional.empty();
    }
}
