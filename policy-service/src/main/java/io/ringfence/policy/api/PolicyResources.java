package io.ringfence.policy.api;

import static io.ringfence.policy.api.PolicyAttributes.MOST_PORTS;
import static io.ringfence.policy.api.PolicyAttributes.object;
import static io.ringfence.policy.api.PolicyAttributes.subject;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.ScheduleCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Rulesets and external networks (`reference/api.md` §3.2, §3.4).
@ApplicationScoped
class PolicyResources {
    private static final int MOST_RULES = 1_000;

    @Produces
    @Singleton
    ResourceDeclaration rulesets() {
        return resource("networkrulesetpolicy", "networkrulesetpolicies")
                .aliases(
                        "netruleset",
                        "netrulesets",
                        "netset",
                        "netsets",
                        "networkruleset",
                        "networkrulesets")
                .with(Mixin.usual())
                .with(Mixin.PROPAGATED, Mixin.FALLBACK, Mixin.DISABLED)
                // Ours: 5.0 kept schedules and expiry to other policies.
                .with(Mixin.SCHEDULABLE)
                .attribute(time("expirationTime"))
                .attribute(subject().required())
                .attribute(rules("incomingRules"))
                .attribute(rules("outgoingRules"))
                .checkedBy(ScheduleCheck::faults)
                .announcedOn(Topic.RULESET_CHANGED)
                .build();
    }

    private static Attribute rules(String name) {
        return nestedList(
                        name,
                        enumeration("action", "Allow", "Reject").defaultsTo("Allow").required(),
                        object(),
                        texts("protocolPorts")
                                .longest(MOST_PORTS)
                                .checkedBy(PolicyChecks.PROTOCOL_PORTS),
                        bool("logsDisabled"),
                        bool("observationEnabled"),
                        text("name").longest(16),
                        nestedList(
                                        "networks",
                                        text("ID").readOnly(),
                                        texts("entries").readOnly(),
                                        text("namespace").readOnly())
                                .readOnly())
                .longest(MOST_RULES);
    }

    @Produces
    @Singleton
    ResourceDeclaration externalNetworks() {
        return resource("externalnetwork", "externalnetworks")
                .aliases("extnet", "extnets")
                .with(Mixin.usual())
                .with(Mixin.PROPAGATED, Mixin.ARCHIVABLE)
                .attribute(texts("entries").required().checkedBy(PolicyChecks.NETWORK_ENTRIES))
                .attribute(texts("servicePorts").checkedBy(PolicyChecks.PROTOCOL_PORTS))
                .attribute(
                        enumeration(
                                        "type",
                                        "ENI",
                                        "RDSCluster",
                                        "RDSInstance",
                                        "SecurityGroup",
                                        "Subnet")
                                .defaultsTo("Subnet"))
                .announcedOn(Topic.EXTERNAL_NETWORK_CHANGED)
                .build();
    }
}
