package io.ringfence.policy.api;

import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.textMap;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.Attribute.whole;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.authoring.AddressClaims;
import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Processing units and enforcers (`reference/api.md` §2, Appendix B).
@ApplicationScoped
class WorkloadResources {

    @Produces
    @Singleton
    ResourceDeclaration processingUnits() {
        return resource(WorkloadIdentity.PROCESSING_UNIT, "processingunits")
                .aliases("pu", "pus")
                .with(Mixin.usual())
                .with(Mixin.ARCHIVABLE)
                .attribute(text("clientLocalID"))
                .attribute(bool("collectInfo"))
                .attribute(textMap("collectedInfo").quiet())
                .attribute(
                        enumeration("datapathType", "Aporeto", "EnvoyAuthorizer")
                                .defaultsTo("Aporeto"))
                .attribute(
                        enumeration("enforcementStatus", "Active", "Failed", "Inactive")
                                .defaultsTo("Inactive"))
                .attribute(text("enforcerID").longest(24))
                .attribute(text("enforcerNamespace").longest(1024))
                .attribute(text("image"))
                .attribute(texts("images").createOnly())
                .attribute(time("lastCollectionTime").quiet())
                .attribute(time("lastLocalTimestamp").quiet())
                .attribute(time("lastSyncTime").quiet())
                .attribute(text("nativeContextID").longest(512))
                .attribute(
                        nestedList(
                                "networkServices",
                                text("ports").readOnly(),
                                whole("protocol"),
                                texts("targetPorts")))
                .attribute(
                        enumeration(
                                        "operationalStatus",
                                        "Initialized",
                                        "Paused",
                                        "Running",
                                        "Stopped",
                                        "Terminated")
                                .defaultsTo("Initialized"))
                .attribute(
                        nested(
                                "tracing",
                                bool("IPTables"),
                                bool("applicationConnections"),
                                text("interval").defaultsTo("10s").checkedBy(PolicyChecks.DURATION),
                                bool("networkConnections")))
                .attribute(
                        enumeration(
                                        "type",
                                        "APIGateway",
                                        "Docker",
                                        "Host",
                                        "HostService",
                                        "LinuxService",
                                        "WindowsService",
                                        "RKT",
                                        "User",
                                        "SSHSession")
                                .createOnly())
                .attribute(text("vulnerabilityLevel").readOnly())
                // Ours: where the unit registered, before mappings pushed it down.
                .attribute(text("registrationNamespace").readOnly())
                // Ours: the addresses the unit claims, and of those the ones it holds.
                .attribute(texts("addresses").longest(256).checkedBy(AddressClaims.ACCEPTABLE))
                .attribute(texts("refusedAddresses").readOnly())
                .announcedOn(Topic.PROCESSING_UNIT_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration enforcers() {
        return resource(WorkloadIdentity.ENFORCER, "enforcers")
                .aliases("defender", "defenders")
                .with(Mixin.usual())
                .attribute(text("FQDN").required().createOnly().longest(256))
                .attribute(text("certificate").readOnly())
                .attribute(text("certificateRequest"))
                .attribute(bool("collectInfo"))
                .attribute(textMap("collectedInfo").quiet())
                .attribute(text("controller").readOnly())
                .attribute(text("currentVersion").longest(64))
                .attribute(bool("detectedHostModeContainers"))
                .attribute(
                        enumeration("enforcementStatus", "Inactive", "Active", "Failed")
                                .defaultsTo("Inactive"))
                .attribute(text("lastCollectionID").quiet())
                .attribute(time("lastCollectionTime").quiet())
                .attribute(time("lastMigrationTime"))
                .attribute(time("lastSyncTime").quiet())
                .attribute(text("localCA"))
                .attribute(
                        enumeration("logLevel", "Info", "Debug", "Warn", "Error", "Trace")
                                .defaultsTo("Info"))
                .attribute(
                        text("logLevelDuration").defaultsTo("10s").checkedBy(PolicyChecks.DURATION))
                .attribute(text("machineID").longest(256))
                .attribute(
                        enumeration("migrationStatus", "None", "Running", "Failed")
                                .defaultsTo("None"))
                .attribute(text("nextAvailableVersion"))
                .attribute(
                        enumeration(
                                        "operationalStatus",
                                        "Registered",
                                        "Connected",
                                        "Disconnected",
                                        "Initialized")
                                .defaultsTo("Registered"))
                .attribute(text("publicToken").readOnly())
                .attribute(time("startTime"))
                .attribute(texts("subnets"))
                .attribute(bool("unreachable").readOnly())
                .announcedOn(Topic.ENFORCER_CHANGED)
                .build();
    }
}
