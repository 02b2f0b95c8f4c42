package io.ringfence.policy.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.receipt.ReceiptPublisher;
import io.ringfence.protocol.error.Fault;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/// What became of a policy on its host: a serialized `PolicyReceipt`. Answers once it is kept, and
/// 503 if it cannot be, for the gateway to bring it again.
@Path("/internal/policyreceipts")
public class PolicyReceiptEndpoint {
    private final CurrentPolicies current;
    private final ReceiptPublisher receipts;

    PolicyReceiptEndpoint(CurrentPolicies current, ReceiptPublisher receipts) {
        this.current = current;
        this.receipts = receipts;
    }

    @POST
    @Path("{enforcerId}")
    @Consumes(PolicySnapshotEndpoint.PROTOBUF)
    @Blocking
    public Uni<Void> receive(@PathParam("enforcerId") String enforcerId, byte[] body) {
        try {
            PolicyReceipt receipt = ofItsTenants(enforcerId, PolicyReceipt.parseFrom(body));
            return Uni.createFrom()
                    .completionStage(() -> receipts.publish(enforcerId, receipt))
                    .onFailure()
                    .transform(_ ->
                            Fault.of(
                                            503,
                                            "Service Unavailable",
                                            "The receipt could not be kept; bring it again")
                                    .asException());
        } catch (InvalidProtocolBufferException e) {
            throw Fault.badRequest("The body must be a serialized PolicyReceipt").asException();
        }
    }

    /// What is said of directories that the policy is not read with is not kept.
    private PolicyReceipt ofItsTenants(String enforcerId, PolicyReceipt receipt) {
        List<String> named =
                receipt.getDirectoriesList().stream().map(HeldDirectory::getTenant).toList();
        List<String> tenants =
                current.tenantsLately(enforcerId)
                        .filter(lately -> lately.containsAll(named))
                        .or(() -> current.edition(enforcerId).map(CurrentPolicies.Edition::tenants))
                        .orElseThrow(() ->
                                Fault.notFound("There is no policy for enforcer " + enforcerId)
                                        .asException());
        return receipt.toBuilder()
                .clearDirectories()
                .addAllDirectories(
                        receipt.getDirectoriesList().stream()
                                .filter(held -> tenants.contains(held.getTenant()))
                                .limit(tenants.size())
                                .toList())
                .build();
    }
}
