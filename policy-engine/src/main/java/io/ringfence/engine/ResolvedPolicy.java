package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.topic.Partitioning;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A compiled policy whose domain entries gain addresses as DNS answers: what it is at any moment
/// for an enforcer. Decisions, classes and texts made once keep their numbers for as long as this
/// object lives, so that whoever has the policy in a kernel needs to add to it only. Not for
/// several threads at once.
public final class ResolvedPolicy {
    private final PolicySnapshot compiled;
    private final Texts texts = new Texts();
    private final List<DomainNetwork> networks;
    private final Map<Prefix, Integer> wholePeers = new HashMap<>();
    private final List<ResolvedDirection> incoming = new ArrayList<>();
    private final List<ResolvedDirection> outgoing = new ArrayList<>();
    private Map<Prefix, Found> known = Map.of();

    private record Found(Set<String> names, List<DomainNetwork.Containing> containing) {}

    public ResolvedPolicy(PolicySnapshot compiled) {
        this.compiled = compiled;
        compiled.getTextList().forEach(texts::index);
        networks =
                compiled.getNetworksList().stream()
                        .map(network -> DomainNetwork.read(network, compiled::getText))
                        .toList();
        if (networks.isEmpty()) {
            return;
        }
        Map<String, Set<Prefix>> ownedInTenant = new HashMap<>();
        for (int index = 0; index < compiled.getPeersCount(); index++) {
            PeerAddress peer = compiled.getPeers(index);
            Prefix prefix = Prefix.ofBytes(peer.getAddress().toByteArray(), peer.getPrefixLength());
            if (prefix.isWhole()) {
                wholePeers.put(prefix, index);
            }
            if (isUnit(peer)) {
                ownedInTenant
                        .computeIfAbsent(
                                Partitioning.tenantOf(compiled.getText(peer.getNamespace())),
                                _ -> new HashSet<>())
                        .add(prefix);
            }
        }
        for (ProcessingUnitPolicy unit : compiled.getProcessingUnitsList()) {
            Set<Prefix> owned =
                    ownedInTenant.getOrDefault(
                            Partitioning.tenantOf(unit.getNamespace()), Set.of());
            incoming.add(new ResolvedDirection(unit.getIncoming(), owned, texts));
            outgoing.add(new ResolvedDirection(unit.getOutgoing(), owned, texts));
        }
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
    /// at the end). Each of the addresses stands whole beside the prefixes around it, and goes
    /// before them. The digest is the compiled policy's.
    public PolicySnapshot with(Map<InetAddress, Set<String>> names) {
        if (networks.isEmpty()) {
            return compiled;
        }
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
        PolicySnapshot.Builder snapshot = compiled.toBuilder();
        for (int unit = 0; unit < incoming.size(); unit++) {
            snapshot.getProcessingUnitsBuilder(unit)
                    .setIncoming(incoming.get(unit).with(judged))
                    .setOutgoing(outgoing.get(unit).with(judged));
        }
        judged.forEach((prefix, containing) -> report(snapshot, prefix, containing));
        return snapshot.clearText().addAllText(texts.inOrder()).build();
    }

    private List<DomainNetwork.Containing> containing(Prefix address, Set<String> names) {
        return networks.stream()
                .flatMap(network -> network.containing(address, names).stream())
                .toList();
    }

    private void report(
            PolicySnapshot.Builder snapshot,
            Prefix address,
            List<DomainNetwork.Containing> containing) {
        Integer at = wholePeers.get(address);
        if (at != null && isUnit(compiled.getPeers(at))) {
            return;
        }
        DomainNetwork reported =
                containing.stream()
                        .min(
                                Comparator.comparingInt(
                                                (DomainNetwork.Containing it) -> -it.length())
                                        .thenComparingInt(it -> -it.network().namespace().length())
                                        .thenComparing(it -> it.network().id()))
                        .orElseThrow()
                        .network();
        PeerAddress peer =
                PeerAddress.newBuilder()
                        .setAddress(ByteString.copyFrom(address.bytes()))
                        .setPrefixLength(address.length())
                        .setType(PeerType.PEER_EXTERNAL_NETWORK)
                        .setId(texts.index(reported.id()))
                        .setNamespace(texts.index(reported.namespace()))
                        .build();
        if (at == null) {
            snapshot.addPeers(peer);
        } else {
            snapshot.setPeers(at, peer);
        }
    }

    private static boolean isUnit(PeerAddress peer) {
        return peer.getType() == PeerType.PEER_PROCESSING_UNIT;
    }
}
