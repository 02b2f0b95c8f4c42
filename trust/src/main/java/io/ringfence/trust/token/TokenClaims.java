package io.ringfence.trust.token;

import io.ringfence.contracts.identity.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a token says. Times have whole seconds.
///
/// @param tokenId unique; quotas are counted by it
/// @param realm lower case
/// @param data lower-case keys; each entry is a tag of the caller
/// @param quota how often it may be used; 0: any number of times
/// @param opaque what whoever asked for the token wants to find in it; means nothing to the console
/// @param ancestors ids of the tokens it was made from, the first one first; it ends with each
public record TokenClaims(
        String tokenId,
        String subject,
        String realm,
        Map<String, String> data,
        Restrictions restrictions,
        int quota,
        Set<String> audience,
        Instant issuedAt,
        Instant expiresAt,
        Map<String, String> opaque,
        List<String> ancestors) {

    public TokenClaims {
        ancestors = List.copyOf(ancestors);
        opaque = Map.copyOf(opaque);
        data = Map.copyOf(data);
        audience = Set.copyOf(audience);
        if (tokenId.isEmpty() || subject.isEmpty() || realm.isEmpty() || audience.isEmpty()) {
            throw new IllegalArgumentException(
                    "a token has an id, a subject, a realm and an audience");
        }
        if (data.containsKey(Claim.REALM)) {
            throw new IllegalArgumentException("the realm is not among the data");
        }
        if (quota < 0) {
            throw new IllegalArgumentException("a quota is not negative");
        }
    }

    /// Without anything opaque, and made from no other token.
    public TokenClaims(
            String tokenId,
            String subject,
            String realm,
            Map<String, String> data,
            Restrictions restrictions,
            int quota,
            Set<String> audience,
            Instant issuedAt,
            Instant expiresAt) {
        this(
                tokenId,
                subject,
                realm,
                data,
                restrictions,
                quota,
                audience,
                issuedAt,
                expiresAt,
                Map.of(),
                List.of());
    }

    /// `@auth:realm=<realm>`, then `@auth:<key>=<value>` for each entry of the data, sorted by key.
    public List<String> tags() {
        return Stream.concat(
                        Stream.of(tag(Claim.REALM, realm)),
                        new TreeMap<>(data)
                                .entrySet().stream()
                                        .map(entry -> tag(entry.getKey(), entry.getValue())))
                .toList();
    }

    /// Ids of all tokens that this one ends with, itself the last.
    public List<String> lineage() {
        return Stream.concat(ancestors.stream(), Stream.of(tokenId)).toList();
    }

    private static String tag(String key, String value) {
        return "@auth:" + key + "=" + value;
    }
}
