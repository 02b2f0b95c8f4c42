package io.ringfence.policy.api;

import static io.ringfence.policy.api.PolicyAttributes.tagExpression;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.whole;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Orders to enforcers, which hear of them at `/events` (`reference/api.md` §2): what they are
/// asked for, and by the `ID` who is meant.
@ApplicationScoped
class RefreshResources {

    @Produces
    @Singleton
    ResourceDeclaration enforcerRefreshes() {
        return resource(WorkloadIdentity.ENFORCER_REFRESH, "enforcerrefreshes")
                .passing()
                .with(Mixin.PROPAGATED)
                .attribute(
                        enumeration(
                                        "debug",
                                        "Counters",
                                        "Logs",
                                        "Packets",
                                        "PUState",
                                        "Pcap",
                                        "CoreDump")
                                .defaultsTo("Counters"))
                .attribute(text("debugID").longest(64))
                .attribute(text("debugPcapFilter").longest(1024))
                .attribute(text("debugProcessingUnitID").longest(24))
                .attribute(text("migrationVersion").longest(64))
                .attribute(enumeration("refreshType", "Debug", "Migration").defaultsTo("Debug"))
                .attribute(tagExpression("selector"))
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration processingUnitRefreshes() {
        return resource(WorkloadIdentity.PROCESSING_UNIT_REFRESH, "processingunitrefreshes")
                .passing()
                .attribute(bool("debug"))
                .attribute(text("pingAddress").longest(256))
                .attribute(bool("pingEnabled"))
                .attribute(whole("pingIterations").defaultsTo(1))
                .attribute(enumeration("pingMode", "Auto", "L3", "L4", "L7").defaultsTo("Auto"))
                .attribute(whole("pingPort").checkedBy(PolicyChecks.PORT))
                .attribute(text("refreshID").readOnly())
                .attribute(bool("refreshPolicy"))
                .attribute(bool("traceApplicationConnections"))
                .attribute(text("traceDuration").defaultsTo("10s").checkedBy(PolicyChecks.DURATION))
                .attribute(bool("traceIPTables"))
                .attribute(bool("traceNetworkConnections"))
                .build();
    }
}
