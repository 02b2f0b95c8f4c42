package io.ringfence.identity.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.grammar.Parsed;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.token.Restrictions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// The body of `POST /issue` (`reference/api.md` §5, Appendix B), checked.
///
/// @param evidence what `metadata` says about who asks
/// @param audience empty: the API
/// @param quota 0: any number of uses
/// @param opaque copied into the token as it is
record TokenRequest(
        Realm realm,
        Evidence evidence,
        Validity validity,
        String audience,
        Restrictions restrictions,
        int quota,
        Map<String, String> opaque) {
    private static final int MAX_LIST = 100;
    private static final int MAX_QUOTA = 1_000_000;

    /// Everything in a token travels with every request.
    private static final int MAX_OPAQUE_CHARACTERS = 2048;

    static final ResourceDeclaration BODY =
            ResourceDeclaration.resource("issue", "issue")
                    .attribute(Attribute.enumeration("realm", Realm.names()).required())
                    .attribute(Attribute.anything("metadata"))
                    .attribute(Attribute.text("validity").defaultsTo("24h").longest(64))
                    .attribute(Attribute.text("audience").longest(256))
                    .attribute(
                            Attribute.text("restrictedNamespace")
                                    .checkedBy(Parsed.by(NamespaceName::new)))
                    .attribute(
                            Attribute.texts("restrictedNetworks")
                                    .longest(MAX_LIST)
                                    .checkedBy(Parsed.by(Prefix::parse)))
                    .attribute(
                            Attribute.texts("restrictedPermissions")
                                    .longest(MAX_LIST)
                                    .checkedBy(Parsed.by(Permission::new)))
                    .attribute(Attribute.whole("quota"))
                    .attribute(
                            Attribute.textMap("opaque")
                                    .longest(MAX_LIST)
                                    .checkedBy(TokenRequest::opaqueProblem))
                    .attribute(Attribute.text("token").readOnly())
                    .attribute(Attribute.anything("claims").readOnly())
                    .build();

    /// @throws ApiException 422 naming the attributes that must change
    static TokenRequest read(ObjectNode sent) {
        ObjectNode body = ObjectCheck.forCreate(BODY, sent);
        int quota = body.path("quota").asInt();
        if (quota < 0 || quota > MAX_QUOTA) {
            throw Fault.invalid("quota", "Attribute 'quota' must be from 0 to " + MAX_QUOTA)
                    .asException();
        }
        Realm realm = Realm.named(body.path("realm").asText());
        return new TokenRequest(
                realm,
                Evidence.of(realm, body.path("metadata")),
                Validity.parse(body.path("validity").asText()),
                body.path("audience").asText(),
                new Restrictions(
                        body.path("restrictedNamespace").asText(),
                        texts(body.path("restrictedPermissions")),
                        texts(body.path("restrictedNetworks"))),
                quota,
                textMap(body.path("opaque")));
    }

    private static Optional<String> opaqueProblem(JsonNode opaque) {
        int characters =
                textMap(opaque).entrySet().stream()
                        .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                        .sum();
        return characters > MAX_OPAQUE_CHARACTERS
                ? Optional.of("has more than %d characters".formatted(MAX_OPAQUE_CHARACTERS))
                : Optional.empty();
    }

    private static Map<String, String> textMap(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }
}
