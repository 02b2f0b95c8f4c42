package io.ringfence.identity.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import java.util.TreeMap;
import java.util.TreeSet;

/// Claims as `/issue` and `/authn` answer them: as they stand in the token.
final class ClaimsJson {
    private ClaimsJson() {}

    static ObjectNode of(TokenClaims claims) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(Claim.REALM, claims.realm());
        ObjectNode data = json.putObject(Claim.DATA);
        new TreeMap<>(claims.data()).forEach(data::put);
        if (!claims.restrictions().equals(Restrictions.NONE)) {
            json.set(Claim.RESTRICTIONS, of(claims.restrictions()));
        }
        if (claims.quota() > 0) {
            json.put(Claim.QUOTA, claims.quota());
        }
        if (!claims.opaque().isEmpty()) {
            ObjectNode opaque = json.putObject(Claim.OPAQUE);
            new TreeMap<>(claims.opaque()).forEach(opaque::put);
        }
        if (!claims.ancestors().isEmpty()) {
            claims.ancestors().forEach(json.putArray(Claim.ANCESTORS)::add);
        }
        json.put("iss", Claim.ISSUER).put("sub", claims.subject()).put("jti", claims.tokenId());
        new TreeSet<>(claims.audience()).forEach(json.putArray("aud")::add);
        return json.put("iat", claims.issuedAt().getEpochSecond())
                .put("exp", claims.expiresAt().getEpochSecond());
    }

    private static ObjectNode of(Restrictions restrictions) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("namespace", restrictions.namespace());
        restrictions.perms().forEach(json.putArray("perms")::add);
        restrictions.networks().forEach(json.putArray("networks")::add);
        return json;
    }
}
