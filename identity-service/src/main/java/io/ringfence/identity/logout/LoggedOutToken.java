package io.ringfence.identity.logout;

import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.time;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.trust.token.TokenClaims;

/// How a logged-out token is kept: an object of no path of the API, whose id is the token's and
/// whose name is the holder's.
final class LoggedOutToken {
    static final String HOLDER = "name";
    static final String EXPIRATION = "expirationTime";

    static final ResourceDeclaration DECLARATION =
            ResourceDeclaration.resource("loggedouttoken", "loggedouttokens")
                    .attribute(text(HOLDER).readOnly())
                    .attribute(time(EXPIRATION).readOnly())
                    .announcedOn(Topic.AUTHORIZATION_CHANGED)
                    .build();

    private LoggedOutToken() {}

    static ObjectNode of(TokenClaims claims) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", claims.tokenId())
                .put("namespace", NamespaceName.ROOT.absolute())
                .put(HOLDER, claims.subject())
                .put(EXPIRATION, Times.text(claims.expiresAt()));
    }
}
