package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.PolicyDigest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A compiled policy, read with the directories of its tenants and with what DNS has answered: what
/// it is at any moment for an enforcer. Decisions, classes and texts made once keep their numbers
/// for as long as this object lives, so that whoever has the policy in a kernel needs to add to it
/// only. Not for several threads at once.
public final class ResolvedPolicy {
    private final PolicySnapshot compiled;
    private final ByteString digest;
    private final Texts texts = new Texts();
    private final List<DomainNetwork> networks;
    private final Map<Prefix, PeerAddress> peers = new LinkedHashMap<>();
    private final List<ResolvedDirection> incoming = new ArrayList<>();
    private final List<ResolvedDirection> outgoing = new ArrayList<>();
    private Map<Prefix, Found> known = Map.of();

    private record Found(Set<String> names, List<DomainNetwork.Containing> containing) {}

    /// @param directories of at least the policy's tenants
    /// @throws IllegalArgumentException naming the tenant whose directory is not there
    public ResolvedPolicy(PolicySnapshot compiled, Map<String, TenantDirectory> directories) {
        this.compiled = compiled;
        compiled.getTextList().forEach(texts::index);
        networks =
                compiled.getNetworksList().stream()
                        .map(network -> DomainNetwork.read(network, compiled::getText))
                        .toList();
        for (PeerAddress peer : compiled.getPeersList()) {
            peers.put(
                    Prefix.ofBytes(peer.getAddress().toByteArray(), peer.getPrefixLength()), peer);
        }
        Map<String, Set<Prefix>> owned = new HashMap<>();
        for (String tenant : compiled.getTenantsList()) {
            TenantDirectory directory = directories.get(tenant);
            if (directory == null) {
                throw new IllegalArgumentException(
                        "The directory of tenant '%s' is missing".formatted(tenant));
            }
            directory.forEach((address, owner) ->
                    peers.merge(
                            address, peer(owner), (before, one) -> isUnit(before) ? before : one));
            owned.put(tenant, directory.addresses());
        }
        for (ProcessingUnitPolicy unit : compiled.getProcessingUnitsList()) {
            Set<Prefix> ofTenant =
                    owned.getOrDefault(Partitioning.tenantOf(unit.getNamespace()), Set.of());
            incoming.add(new ResolvedDirection(unit.getIncoming(), ofTenant, texts));
            outgoing.add(new ResolvedDirection(unit.getOutgoing(), ofTenant, texts));
        }
        digest = compiled.getTenantsCount() == 0 ? compiled.getDigest() : judgedDigest();
    }

    private ByteString judgedDigest() {
        List<ByteString> tables = new ArrayList<>();
        incoming.forEach(direction -> tables.add(direction.with(Map.of()).toByteString()));
        outgoing.forEach(direction -> tables.add(direction.with(Map.of()).toByteString()));
        return PolicyDigest.joined(compiled, tables);
    }

    /// Two that are equal judge every address in the same way, as long as DNS has answered the
    /// same; what addresses are called may differ.
    public ByteString digest() {
        return digest;
    }

    private PeerAddress peer(PeerOwner owner) {
        return PeerAddress.newBuilder()
                .setAddress(owner.getAddress())
                .setPrefixLength(8 * owner.getAddress().size())
                .setType(PeerType.PEER_PROCESSING_UNIT)
                .setId(texts.index(owner.getProcessingUnitId()))
                .setNamespace(texts.index(owner.getNamespace()))
                .setEnforced(owner.getEnforced())
                .build();
    }

    /// Whether it depends on what DNS answers.
    public boolean hasDomains() {
        return networks.stream().anyMatch(DomainNetwork::hasDomains);
    }

    /// Whether an address means something to it for having been given for this name.
    ///
    /// @param name in lower case, without dot at the end
    public boolean contains(String name) {
        return networks.stream().anyMatch(network -> network.names(Set.of(name)));
    }

    /// The policy while DNS has given these addresses for these names (in lower case, without dot
    /// at the end). Whole addresses stand beside the prefixes around them, and go before them. The
    /// digest is [#digest].
    public PolicySnapshot with(Map<InetAddress, Set<String>> names) {
        Map<Prefix, Found> found = new TreeMap<>();
        names.forEach((address, given) -> {
            Prefix prefix = Prefix.of(address);
            Found before = known.get(prefix);
            found.put(
                    prefix,
                    before != null && before.names.equals(given)
                            ? before
                            : new Found(Set.copyOf(given), containing(prefix, given)));
        });
        known = found;
        Map<Prefix, List<DomainNetwork.Containing>> judged = new TreeMap<>();
        found.forEach((prefix, it) -> {
            if (it.containing.stream().anyMatch(DomainNetwork.Containing::byName)) {
                judged.put(prefix, it.containing);
            }
        });
        return grown(judged);
    }

    private PolicySnapshot grown(Map<Prefix, List<DomainNetwork.Containing>> judged) {
        PolicySnapshot.Builder snapshot = compiled.toBuilder().setDigest(digest);
        Map<Prefix, PeerAddress> reported = new LinkedHashMap<>(peers);
        for (int unit = 0; unit < incoming.size(); unit++) {
            snapshot.getProcessingUnitsBuilder(unit)
                    .setIncoming(incoming.get(unit).with(judged))
                    .setOutgoing(outgoing.get(unit).with(judged));
        }
        judged.forEach((prefix, containing) -> report(reported, prefix, containing));
        return snapshot.clearPeers()
                .addAllPeers(reported.values())
                .clearText()
                .addAllText(texts.inOrder())
                .build();
    }

    private List<DomainNetwork.Containing> containing(Prefix address, Set<String> names) {
        return networks.stream()
                .flatMap(network -> network.containing(address, names).stream())
                .toList();
    }

    private void report(
            Map<Prefix, PeerAddress> reported,
            Prefix address,
            List<DomainNetwork.Containing> containing) {
        PeerAddress owner = peers.get(address);
        if (owner != null && isUnit(owner)) {
            return;
        }
        DomainNetwork network =
                containing.stream()
                        .min(
                                Comparator.comparingInt(
                                                (DomainNetwork.Containing it) -> -it.length())
                                        .thenComparingInt(it -> -it.network().namespace().length())
                                        .thenComparing(it -> it.network().id()))
                        .orElseThrow()
                        .network();
        reported.put(
                address,
                PeerAddress.newBuilder()
                        .setAddress(ByteString.copyFrom(address.bytes()))
                        .setPrefixLength(address.length())
                        .setType(PeerType.PEER_EXTERNAL_NETWORK)
                        .setId(texts.index(network.id()))
                        .setNamespace(texts.index(network.namespace()))
                        .build());
    }

    private static boolean isUnit(PeerAddress peer) {
        return peer.getType() == PeerType.PEER_PROCESSING_UNIT;
    }
}
