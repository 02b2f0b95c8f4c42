package io.ringfence.policy.api;

import static io.ringfence.policy.api.PolicyAttributes.MOST_PORTS;
import static io.ringfence.policy.api.PolicyAttributes.object;
import static io.ringfence.policy.api.PolicyAttributes.subject;
import static io.ringfence.policy.api.PolicyAttributes.tagExpression;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.policy.authoring.ProfileChecks;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.ScheduleCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What enforcers are configured with, and which of them gets what (`reference/api.md` §2, Appendix
/// B): profiles, and the host services that the seed deprecated.
@ApplicationScoped
class EnforcerProfileResources {
    private static final int MOST_NETWORKS = 1_000;
    private static final String HOST_SERVICES_DEPRECATED =
            "Host services are deprecated and a future release removes them: describe peers with"
                    + " externalnetworks and what is allowed with networkrulesetpolicies";

    @Produces
    @Singleton
    ResourceDeclaration profiles() {
        return resource("enforcerprofile", "enforcerprofiles")
                .aliases("profile", "profiles")
                .with(Mixin.usual())
                .with(Mixin.PROPAGATED)
                .attribute(texts("excludedInterfaces").longest(256))
                .attribute(
                        texts("excludedNetworks")
                                .longest(MOST_NETWORKS)
                                .checkedBy(ProfileChecks.NETWORKS))
                .attribute(tagExpression("ignoreExpression"))
                .attribute(
                        enumeration(
                                        "kubernetesMetadataExtractor",
                                        "KubeSquall",
                                        "PodAtomic",
                                        "PodContainers")
                                .defaultsTo("PodAtomic"))
                .attribute(bool("kubernetesSupportEnabled"))
                .attribute(
                        enumeration("metadataExtractor", "Docker", "ECS", "Kubernetes")
                                .defaultsTo("Docker"))
                .attribute(
                        texts("targetNetworks")
                                .longest(MOST_NETWORKS)
                                .checkedBy(ProfileChecks.NETWORKS))
                .attribute(
                        texts("targetUDPNetworks")
                                .longest(MOST_NETWORKS)
                                .checkedBy(ProfileChecks.NETWORKS)
                                .checkedBy(ProfileChecks.NO_MULTICAST))
                .attribute(texts("trustedCAs").longest(64).checkedBy(ProfileChecks.CERTIFICATES))
                .announcedOn(Topic.ENFORCER_PROFILE_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration profileMappings() {
        return resource("enforcerprofilemappingpolicy", "enforcerprofilemappingpolicies")
                .aliases("enfpols", "enfpol", "epm")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.PROPAGATED, Mixin.FALLBACK)
                .attribute(object())
                .attribute(subject())
                .announcedOn(Topic.ENFORCER_PROFILE_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration hostServices() {
        return resource("hostservice", "hostservices")
                .aliases("hostsrv", "hostsrvs")
                .with(Mixin.usual())
                .with(Mixin.ARCHIVABLE, Mixin.PROPAGATED)
                .attribute(text("name").required().longest(127).matching("[a-zA-Z0-9_]*"))
                .attribute(bool("hostModeEnabled"))
                .attribute(
                        texts("services")
                                .longest(MOST_PORTS)
                                .checkedBy(PolicyChecks.PROTOCOL_PORTS))
                .answeringWith(HOST_SERVICES_DEPRECATED)
                .announcedOn(Topic.ENFORCER_PROFILE_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration hostServiceMappings() {
        return resource("hostservicemappingpolicy", "hostservicemappingpolicies")
                .aliases("hostsrvmappol", "hostsrvmappols")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.PROPAGATED, Mixin.FALLBACK, Mixin.SCHEDULABLE)
                .attribute(object())
                .attribute(subject())
                .checkedBy(ScheduleCheck::faults)
                .answeringWith(HOST_SERVICES_DEPRECATED)
                .announcedOn(Topic.ENFORCER_PROFILE_CHANGED)
                .build();
    }
}
