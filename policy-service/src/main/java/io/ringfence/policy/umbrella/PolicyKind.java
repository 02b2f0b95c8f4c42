package io.ringfence.policy.umbrella;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.time;

import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.Arrays;
import java.util.List;

/// A kind of policy, and what all kinds have in common.
enum PolicyKind {
    ENFORCER_PROFILE("EnforcerProfile", "enforcerprofilemappingpolicy"),
    HOST_SERVICE_MAPPING("HostServiceMapping", "hostservicemappingpolicy"),
    NAMESPACE_MAPPING("NamespaceMapping", "namespacemappingpolicy"),
    NETWORK_RULESET("NetworkRuleSet", "networkrulesetpolicy"),
    SERVICE_DEPENDENCY("ServiceDependency", "servicedependency"),
    TOKEN_SCOPE("TokenScope", "tokenscopepolicy");

    /// What a policy of any kind is shown as.
    static final ResourceDeclaration POLICY = declared("policy");

    private final String type;
    private final String identity;
    private final ResourceDeclaration view;

    PolicyKind(String type, String identity) {
        this.type = type;
        this.identity = identity;
        this.view = declared(identity);
    }

    private static ResourceDeclaration declared(String identity) {
        return ResourceDeclaration.resource(identity, "policies")
                .with(Mixin.usual())
                .with(
                        Mixin.PROPAGATED,
                        Mixin.FALLBACK,
                        Mixin.DISABLED,
                        Mixin.HIDDEN,
                        Mixin.SCHEDULABLE)
                .attribute(anything("action"))
                .attribute(time("expirationTime"))
                .attribute(expression("object"))
                .attribute(anything("relation"))
                .attribute(expression("subject"))
                .attribute(
                        enumeration(
                                "type",
                                "EnforcerProfile",
                                "HostServiceMapping",
                                "NamespaceMapping",
                                "NetworkRuleSet",
                                "ServiceDependency",
                                "TokenScope"))
                .attribute(text("mappedNamespace"))
                .build();
    }

    static List<PolicyKind> all() {
        return Arrays.asList(values());
    }

    /// As 5.0 names it.
    String type() {
        return type;
    }

    String identity() {
        return identity;
    }

    /// The kind's objects with the common attributes only.
    ResourceDeclaration view() {
        return view;
    }
}
