package io.ringfence.contracts.golden;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionDelta;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.DomainRules;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.IcmpCodes;
import io.ringfence.contracts.policy.JudgingRule;
import io.ringfence.contracts.policy.NetworkPrefix;
import io.ringfence.contracts.policy.NetworkRules;
import io.ringfence.contracts.policy.OutsideOwners;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitDelta;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.VisibleNetwork;

/// What travels between policy-service, gateway and enforcer.
final class PolicySamples {
    private static final long NOW = 1_764_259_200_123L;
    private static final String ENFORCER = "6b0000000000000000000001";
    private static final ByteString ADDRESS = ByteString.copyFrom(new byte[] {10, 0, 0, 7});
    private static final ByteString NETWORK = ByteString.copyFrom(new byte[] {(byte) 192, 0, 2, 0});

    private PolicySamples() {}

    static EnforcerReceipt receiptWithDirectories() {
        EnforcerReceipt.Builder receipt = GoldenSampleTest.receipt().toBuilder();
        receipt.getReceiptBuilder().addDirectories(held());
        return receipt.build();
    }

    static EnforcerHello hello() {
        return EnforcerHello.newBuilder()
                .setVersion(42)
                .setDigest(digest("policy"))
                .setEnforcedAtMs(NOW)
                .addDirectories(held())
                .build();
    }

    private static HeldDirectory held() {
        return HeldDirectory.newBuilder()
                .setTenant("acme")
                .setVersion(7)
                .setDigest(digest("directory"))
                .setSinceMs(NOW)
                .build();
    }

    static CompiledPolicy compiled() {
        return CompiledPolicy.newBuilder()
                .setEnforcerId(ENFORCER)
                .setVersion(42)
                .setDigest(digest("policy"))
                .setCompiledAtMs(NOW)
                .build();
    }

    static SignedPolicy signed() {
        return SignedPolicy.newBuilder()
                .setContent(delta().toByteString())
                .setSignature(ByteString.copyFromUtf8("signature"))
                .setCertificate(ByteString.copyFromUtf8("certificate"))
                .setIsDelta(true)
                .build();
    }

    static SignedDirectory signedDirectory() {
        return SignedDirectory.newBuilder()
                .setContent(directory().toByteString())
                .setSignature(ByteString.copyFromUtf8("signature"))
                .setCertificate(ByteString.copyFromUtf8("certificate"))
                .build();
    }

    static PeerDirectory directory() {
        return PeerDirectory.newBuilder()
                .setConsoleId("console")
                .setTenant("acme")
                .setVersion(7)
                .setDigest(digest("directory"))
                .setCompiledAtMs(NOW)
                .setBaseDigest(digest("directory before"))
                .addOwners(
                        PeerOwner.newBuilder()
                                .setAddress(ADDRESS)
                                .setProcessingUnitId("unit")
                                .setNamespace("/acme/shop")
                                .setEnforced(true))
                .addRemoved(NETWORK)
                .build();
    }

    static PolicyDelta delta() {
        return PolicyDelta.newBuilder()
                .setConsoleId("console")
                .setEnforcerId(ENFORCER)
                .setVersion(43)
                .setDigest(digest("policy"))
                .setCompiledAtMs(NOW)
                .setBaseDigest(digest("policy before"))
                .addText("ruleset")
                .addProcessingUnits(
                        ProcessingUnitDelta.newBuilder()
                                .setProcessingUnit(1)
                                .setIncoming(
                                        DirectionDelta.newBuilder()
                                                .addDecisions(decision())
                                                .addClasses(peerClass())
                                                .addAddresses(address(ADDRESS, 32))
                                                .addNetworks(address(NETWORK, 24)))
                                .setOutgoing(
                                        DirectionDelta.newBuilder()
                                                .addAddresses(address(ADDRESS, 32))))
                .build();
    }

    static PolicySnapshot snapshot() {
        return PolicySnapshot.newBuilder()
                .setConsoleId("console")
                .setEnforcerId(ENFORCER)
                .setVersion(42)
                .setDigest(digest("policy"))
                .setCompiledAtMs(NOW)
                .addProcessingUnits(
                        ProcessingUnitPolicy.newBuilder()
                                .setProcessingUnitId("unit")
                                .setNamespace("/acme/shop")
                                .addAddresses(ADDRESS)
                                .setIncoming(direction())
                                .setOutgoing(direction()))
                .addPeers(
                        PeerAddress.newBuilder()
                                .setAddress(NETWORK)
                                .setPrefixLength(24)
                                .setType(PeerType.PEER_EXTERNAL_NETWORK)
                                .setId(1)
                                .setNamespace(2)
                                .setEnforced(true))
                .addText("")
                .addText("network")
                .addText("/acme")
                .addNetworks(
                        VisibleNetwork.newBuilder()
                                .setId(1)
                                .setNamespace(2)
                                .addIncluded(prefix(24))
                                .addExcluded(prefix(28))
                                .addDomains("*.example.com"))
                .addTenants("acme")
                .build();
    }

    private static DirectionPolicy direction() {
        return DirectionPolicy.newBuilder()
                .addDecisions(decision())
                .addClasses(PeerClass.getDefaultInstance())
                .addClasses(peerClass())
                .addAddresses(address(ADDRESS, 32))
                .setDomainRules(
                        DomainRules.newBuilder()
                                .addRules(
                                        JudgingRule.newBuilder()
                                                .addPorts(ports())
                                                .setDecision(decision()))
                                .addNetworks(NetworkRules.newBuilder().setNetworkId(1).addRules(0))
                                .addOutsideOwners(
                                        OutsideOwners.newBuilder()
                                                .addAddresses(ADDRESS)
                                                .setTcp(true)
                                                .setUdp(true)
                                                .addRules(0)))
                .addNetworks(address(NETWORK, 24))
                .build();
    }

    private static Decision decision() {
        return Decision.newBuilder()
                .setAction(PolicyAction.DENY)
                .setPolicyId(1)
                .setPolicyName(2)
                .setPolicyNamespace(3)
                .setRuleName(4)
                .setObservedAction(PolicyAction.ALLOW)
                .setObservedPolicyId(5)
                .setObservedPolicyNamespace(6)
                .setSilent(true)
                .build();
    }

    private static PeerClass peerClass() {
        return PeerClass.newBuilder().addProgram(ports()).build();
    }

    private static PortRule ports() {
        return PortRule.newBuilder()
                .setProtocol(1)
                .setPortLow(80)
                .setPortHigh(443)
                .setIcmpType(8)
                .addIcmpCodes(IcmpCodes.newBuilder().setLow(1).setHigh(2))
                .setDecision(1)
                .build();
    }

    private static AddressClass address(ByteString address, int length) {
        return AddressClass.newBuilder()
                .setAddress(address)
                .setPrefixLength(length)
                .setPeerClass(1)
                .build();
    }

    private static NetworkPrefix prefix(int length) {
        return NetworkPrefix.newBuilder().setAddress(NETWORK).setPrefixLength(length).build();
    }

    private static ByteString digest(String of) {
        return ByteString.copyFromUtf8("digest of the " + of);
    }
}
