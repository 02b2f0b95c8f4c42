package io.ringfence.identity.namespaces;

import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.textMap;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.TagChecks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/namespaces`, with the attributes of Appendix B.
public final class NamespaceResource {
    public static final ResourceDeclaration DECLARATION = declare();

    static final String TYPE = "type";
    static final String TAG_PREFIXES = "tagPrefixes";
    static final String ORGANIZATIONAL_METADATA = "organizationalMetadata";
    static final String DEFAULT_ENFORCER_VERSION = "defaultEnforcerVersion";
    static final String INCOMING = "defaultPUIncomingTrafficAction";
    static final String OUTGOING = "defaultPUOutgoingTrafficAction";

    private static final String SEMANTIC_VERSION =
            "v?\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(-[0-9A-Za-z.-]{1,64})?(\\+[0-9A-Za-z.-]{1,64})?";

    NamespaceResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration namespaces() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("namespace", "namespaces")
                .aliases("ns")
                .with(Mixin.usual())
                .attribute(
                        text("name")
                                .required()
                                .createOnly()
                                .longest(NamespaceName.MAX_LENGTH)
                                .matching("[a-zA-Z0-9-_/]+"))
                .attribute(
                        enumeration(
                                        "type",
                                        "Default",
                                        "Tenant",
                                        "CloudAccount",
                                        "Group",
                                        "Kubernetes")
                                .defaultsTo("Default")
                                .createOnly())
                .attribute(trafficAction("defaultPUIncomingTrafficAction"))
                .attribute(trafficAction("defaultPUOutgoingTrafficAction"))
                .attribute(texts("tagPrefixes").longest(512))
                .attribute(
                        texts("organizationalMetadata")
                                .longest(512)
                                .checkedBy(TagChecks.ORGANIZATIONAL_METADATA))
                .attribute(text("defaultEnforcerVersion").matching(SEMANTIC_VERSION))
                .attribute(
                        enumeration("JWTCertificateType", "RSA", "EC", "None").defaultsTo("None"))
                .attribute(textMap("JWTCertificates").readOnly())
                .attribute(bool("localCAEnabled"))
                .attribute(bool("SSHCAEnabled"))
                .attribute(text("associatedSSHCAID").readOnly())
                .attribute(bool("customZoning").createOnly())
                .attribute(whole("zoning").createOnly())
                .attribute(texts("networkAccessPolicyTags").longest(512))
                .attribute(text("serviceCertificateValidity").defaultsTo("168h").longest(64))
                .announcedOn(Topic.NAMESPACE_CHANGED)
                .uniqueName()
                .build();
    }

    private static Attribute trafficAction(String name) {
        return enumeration(name, "Allow", "Reject", "Inherit").defaultsTo("Inherit");
    }
}
