package io.ringfence.policy.api;

import static io.ringfence.policy.api.PolicyAttributes.object;
import static io.ringfence.policy.api.PolicyAttributes.subject;
import static io.ringfence.policy.api.PolicyAttributes.tagExpression;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.Attribute.whole;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.policy.authoring.ServiceChecks;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.ScheduleCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Services and who may use them as users and applications (`reference/api.md` §3.8): kept for
/// those who come from 5.0 and for what is asked about them. Enforcers here judge addresses and
/// ports.
@ApplicationScoped
class ServiceResources {
    private static final String NOT_ENFORCED = "not enforced";
    private static final String HEADER_WORD = "[a-zA-Z0-9\\-_/*#&@+$~:]+";

    @Produces
    @Singleton
    ResourceDeclaration services() {
        return resource("service", "services")
                .aliases("srv")
                .with(Mixin.usual())
                .with(Mixin.ARCHIVABLE, Mixin.DISABLED, Mixin.PROPAGATED)
                .attribute(texts("IPs").longest(256).checkedBy(ServiceChecks.ADDRESSES))
                .attribute(text("JWTSigningCertificate").checkedBy(ServiceChecks.CERTIFICATE))
                .attribute(text("MTLSCertificateAuthority").checkedBy(ServiceChecks.CERTIFICATE))
                .attribute(text("OIDCCallbackURL").longest(2048))
                .attribute(text("OIDCClientID").longest(256))
                .attribute(text("OIDCClientSecret").longest(1024).secret())
                .attribute(text("OIDCProviderURL").longest(2048))
                .attribute(texts("OIDCScopes").longest(64))
                .attribute(text("TLSCertificate").checkedBy(ServiceChecks.CERTIFICATE))
                .attribute(text("TLSCertificateKey").secret())
                .attribute(
                        enumeration("TLSType", "Aporeto", "LetsEncrypt", "External", "None")
                                .defaultsTo("Aporeto"))
                .attribute(
                        enumeration("authorizationType", "None", "JWT", "OIDC", "MTLS")
                                .defaultsTo("None"))
                .attribute(
                        nestedList(
                                        "claimsToHTTPHeaderMappings",
                                        text("claimName").required().matching(HEADER_WORD),
                                        text("targetHTTPHeader").required().matching(HEADER_WORD))
                                .longest(64))
                .attribute(nestedList("endpoints", endpoint()).readOnly())
                .attribute(tagExpression("exposedAPIs"))
                .attribute(whole("exposedPort").required().checkedBy(PolicyChecks.PORT))
                .attribute(bool("exposedServiceIsTLS"))
                .attribute(bool("external"))
                .attribute(texts("hosts").longest(256).checkedBy(ServiceChecks.HOSTS))
                .attribute(whole("port").checkedBy(PolicyChecks.PORT))
                .attribute(whole("publicApplicationPort").checkedBy(PolicyChecks.PORT))
                .attribute(text("redirectURLOnAuthorizationFailure").longest(2048))
                .attribute(tagExpression("selectors"))
                .attribute(
                        text("trustedCertificateAuthorities").checkedBy(ServiceChecks.CERTIFICATE))
                .attribute(
                        enumeration("type", "HTTP", "TCP", "KubernetesSecrets", "VaultSecrets")
                                .defaultsTo("HTTP"))
                .answeringWith(NOT_ENFORCED)
                .announcedOn(Topic.SERVICE_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration httpResourceSpecs() {
        return resource("httpresourcespec", "httpresourcespecs")
                .aliases("httpresource", "resource", "httpspec")
                .with(Mixin.usual())
                .with(Mixin.ARCHIVABLE, Mixin.PROPAGATED)
                .attribute(nestedList("endpoints", endpoint()).longest(1_000))
                .answeringWith(NOT_ENFORCED)
                .announcedOn(Topic.SERVICE_CHANGED)
                .build();
    }

    private static Attribute[] endpoint() {
        return new Attribute[] {
            text("URI").longest(2048).checkedBy(ServiceChecks.PATH),
            expression("allowedScopes").longest(100),
            texts("methods").longest(16).checkedBy(ServiceChecks.METHODS),
            bool("public"),
            texts("scopes").readOnly()
        };
    }

    @Produces
    @Singleton
    ResourceDeclaration serviceDependencies() {
        return resource("servicedependency", "servicedependencies")
                .aliases("srvdep", "srvdeps")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.PROPAGATED, Mixin.FALLBACK, Mixin.SCHEDULABLE)
                .attribute(object())
                .attribute(subject())
                .checkedBy(ScheduleCheck::faults)
                .answeringWith(NOT_ENFORCED)
                .announcedOn(Topic.SERVICE_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration tokenScopes() {
        return resource("tokenscopepolicy", "tokenscopepolicies")
                .aliases("tsp")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.PROPAGATED, Mixin.FALLBACK, Mixin.SCHEDULABLE)
                .attribute(texts("allowedAudiences").longest(100))
                .attribute(text("assignedAudience").longest(1024))
                .attribute(texts("assignedScopes").longest(100))
                .attribute(time("expirationTime"))
                .attribute(texts("inheritedClaimKeys").longest(100))
                .attribute(subject())
                .checkedBy(ScheduleCheck::faults)
                .answeringWith(NOT_ENFORCED)
                .announcedOn(Topic.SERVICE_CHANGED)
                .build();
    }
}
