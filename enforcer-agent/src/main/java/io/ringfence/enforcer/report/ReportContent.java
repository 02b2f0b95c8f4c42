package io.ringfence.enforcer.report;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.report.EnforcerReport;
import io.ringfence.contracts.report.SignedEnforcerReport;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.trust.signature.Signatures;
import java.util.Map;

/// What the enforcer says about itself in a report.
///
/// @param counters name to value since the enforcer started
public record ReportContent(
        long policyVersion, ByteString policyDigest, Map<String, Long> counters) {

    byte[] signed(EnforcerIdentity enforcer, long nowMillis) {
        byte[] content =
                EnforcerReport.newBuilder()
                        .setConsoleId(enforcer.consoleId())
                        .setEnforcerId(enforcer.id())
                        .setReportedAtMs(nowMillis)
                        .setPolicyVersion(policyVersion)
                        .setPolicyDigest(policyDigest)
                        .putAllCounters(counters)
                        .build()
                        .toByteArray();
        return SignedEnforcerReport.newBuilder()
                .setContent(ByteString.copyFrom(content))
                .setSignature(
                        ByteString.copyFrom(
                                Signatures.sign(
                                        Signatures.ENFORCER_REPORT,
                                        enforcer.credential().key(),
                                        content)))
                .setCertificate(ByteString.copyFrom(FlowBatchWriter.encoded(enforcer)))
                .build()
                .toByteArray();
    }
}
