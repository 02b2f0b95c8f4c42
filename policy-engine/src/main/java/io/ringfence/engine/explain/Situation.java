package io.ringfence.engine.explain;

import io.ringfence.engine.Direction;
import io.ringfence.engine.PolicyEvaluator;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one side judges by, and what it would judge if some tags were added or other ports asked
/// for.
///
/// @param world only the rulesets that reach the namespace, so that asking again is cheap
/// @param self the peer is the judged processing unit itself: what one gains the other has too
/// @param ownProtocolOnly the peer may be another one for other protocols, so that nothing can be
///   said about those
record Situation(
        World world,
        Direction direction,
        String namespace,
        Set<String> tags,
        List<Party.Seen> peers,
        NearRule.PeerKind peerKind,
        boolean self,
        boolean ownProtocolOnly,
        Traffic traffic) {
    /// @param reaching the rulesets that reach the namespace of the judged side
    static Situation of(
            World world,
            Map<String, Ruleset> reaching,
            Direction direction,
            Party judged,
            Party peer,
            Traffic traffic) {
        List<Party.Seen> peers = peer.seenBy(world, judged, traffic.protocol());
        NearRule.PeerKind kind = kindOf(peers);
        return new Situation(
                new World(world.namespaces(), Map.of(), reaching, Map.of()),
                direction,
                judged.namespace(),
                judged.tags(),
                peers,
                kind,
                judged.isSameUnitAs(peer) && kind == NearRule.PeerKind.PROCESSING_UNIT,
                !judged.targets().equals(TargetNetworks.EVERYWHERE),
                traffic);
    }

    Verdict verdict() {
        return PolicyEvaluator.judge(
                world,
                direction,
                namespace,
                tags,
                peers.stream().map(Party.Seen::tags).toList(),
                traffic);
    }

    /// @param seen which of the peers gains tags; one that is not among them is added
    Situation with(Set<String> own, Party.Seen seen, Set<String> peers, Traffic other) {
        Set<String> ownTags = new HashSet<>(tags);
        ownTags.addAll(own);
        Set<String> peerTags = new HashSet<>(seen.tags());
        peerTags.addAll(peers);
        if (self) {
            ownTags.addAll(peers);
            peerTags.addAll(own);
        }
        List<Party.Seen> changed = new ArrayList<>(this.peers);
        changed.remove(seen);
        changed.add(new Party.Seen(seen.externalNetwork(), peerTags));
        return new Situation(
                world,
                direction,
                namespace,
                ownTags,
                changed,
                peerKind,
                self,
                ownProtocolOnly,
                other);
    }

    private static NearRule.PeerKind kindOf(List<Party.Seen> peers) {
        if (peers.isEmpty()) {
            return NearRule.PeerKind.SOMEWHERE;
        }
        return peers.getFirst().externalNetwork().isEmpty()
                ? NearRule.PeerKind.PROCESSING_UNIT
                : NearRule.PeerKind.EXTERNAL_NETWORK;
    }
}
