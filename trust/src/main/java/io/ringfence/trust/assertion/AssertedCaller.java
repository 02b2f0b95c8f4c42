package io.ringfence.trust.assertion;

import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import java.util.List;

/// Who asks, as the gateway found out.
///
/// @param tags `@auth:<key>=<value>`, the realm among them
/// @param tokenId empty when no token was shown
/// @param quota how often the token may be used; 0: any number of times
/// @param ancestors ids of the tokens that this one was made from
public record AssertedCaller(
        String subject,
        String realm,
        List<String> tags,
        String tokenId,
        int quota,
        Restrictions restrictions,
        List<String> ancestors) {

    /// Nobody in particular: for the few requests that need no authentication.
    public static final AssertedCaller ANONYMOUS =
            new AssertedCaller("", "", List.of(), "", 0, Restrictions.NONE);

    public AssertedCaller {
        tags = List.copyOf(tags);
        ancestors = List.copyOf(ancestors);
    }

    /// By a token that was made from no other, or by none.
    public AssertedCaller(
            String subject,
            String realm,
            List<String> tags,
            String tokenId,
            int quota,
            Restrictions restrictions) {
        this(subject, realm, tags, tokenId, quota, restrictions, List.of());
    }

    public static AssertedCaller of(TokenClaims claims) {
        return new AssertedCaller(
                claims.subject(),
                claims.realm(),
                claims.tags(),
                claims.tokenId(),
                claims.quota(),
                claims.restrictions(),
                claims.ancestors());
    }

    public boolean isAnonymous() {
        return realm.isEmpty();
    }
}
