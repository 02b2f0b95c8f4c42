package io.ringfence.identity.namespaces;

import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about the questions and settings of a namespace.
final class NamespaceOperations {
    private static final String PREFIXES = "prefixes";
    private static final String MESSAGES = "X-Messages";
    private static final Attribute[] DISCOVERY_MODE = {
        text("ID").readOnly(), text("namespace").readOnly(), bool("propagate").readOnly()
    };

    NamespaceOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration type() {
        return question(
                "/namespacetypes", "Read the namespace's type", "namespacetype", text("type"));
    }

    @Produces
    @Singleton
    static OperationDeclaration policy() {
        return question(
                "/namespacepolicyinfo",
                "Read what holds in the namespace, inherited or not",
                "namespacepolicyinfo",
                text("PUIncomingTrafficAction"),
                text("PUOutgoingTrafficAction"),
                texts(PREFIXES));
    }

    @Produces
    @Singleton
    static OperationDeclaration info() {
        return question(
                "/namespaceinfo",
                "Read what the namespace says",
                "namespaceinfo",
                text("name"),
                text("description"),
                bool("protected"),
                text("PUIncomingTrafficAction"),
                text("PUOutgoingTrafficAction"),
                texts(PREFIXES));
    }

    @Produces
    @Singleton
    static OperationDeclaration trafficActions() {
        return question(
                "/putrafficactions",
                "Read the default actions that hold in the namespace",
                "putrafficaction",
                text("Incoming"),
                text("Outgoing"));
    }

    @Produces
    @Singleton
    static OperationDeclaration organizationalMetadata() {
        return question(
                "/organizationalmetadata",
                "Read the organizational metadata of the namespace and its ancestors",
                "organizationalmetadata",
                text("namespace"),
                texts("metadata"));
    }

    @Produces
    @Singleton
    static OperationDeclaration tagPrefixes() {
        return question(
                "/tagprefixes",
                "Read the tag prefixes that hold in the namespace",
                "tagprefix",
                texts(PREFIXES));
    }

    @Produces
    @Singleton
    static OperationDeclaration setTagPrefixes() {
        return OperationDeclaration.post("/tagprefixes", "Set the namespace's tag prefixes")
                .taking(Content.object("tagprefix", texts(PREFIXES)))
                .answering(Content.object("tagprefix", texts(PREFIXES)));
    }

    @Produces
    @Singleton
    static OperationDeclaration enforcerVersion() {
        return question(
                "/defaultenforcerversion",
                "Read the enforcer version that holds in the namespace",
                "defaultenforcerversion",
                text("defaultVersion"));
    }

    @Produces
    @Singleton
    static OperationDeclaration setEnforcerVersion() {
        Content version = Content.object("defaultenforcerversion", text("defaultVersion"));
        return OperationDeclaration.post(
                        "/defaultenforcerversion", "Set the namespace's enforcer version")
                .taking(version)
                .answering(version);
    }

    @Produces
    @Singleton
    static OperationDeclaration discoveryModes() {
        return OperationDeclaration.get("/discoverymode", "See discovery mode (deprecated)")
                .answering(Content.list("discoverymode", DISCOVERY_MODE), MESSAGES);
    }

    @Produces
    @Singleton
    static OperationDeclaration discoveryMode() {
        return OperationDeclaration.get("/discoverymode/{id}", "See discovery mode (deprecated)")
                .answering(Content.object("discoverymode", DISCOVERY_MODE), MESSAGES);
    }

    @Produces
    @Singleton
    static OperationDeclaration discover() {
        return OperationDeclaration.post("/discoverymode", "Switch discovery mode on (deprecated)")
                .answering(Content.object("discoverymode", DISCOVERY_MODE), MESSAGES);
    }

    @Produces
    @Singleton
    static OperationDeclaration enforce() {
        return OperationDeclaration.of(
                        "DELETE", "/discoverymode/{id}", "Switch discovery mode off (deprecated)")
                .answering(Content.object("discoverymode", DISCOVERY_MODE), MESSAGES);
    }

    private static OperationDeclaration question(
            String path, String summary, String name, Attribute... attributes) {
        return OperationDeclaration.get(path, summary).answering(Content.list(name, attributes));
    }
}
