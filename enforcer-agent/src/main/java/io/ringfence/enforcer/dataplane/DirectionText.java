package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.enforcer.netlink.PacketLog;
import java.util.ArrayList;
import java.util.List;

/// Writes one direction's rules: address → class → decision.
record DirectionText(Direction direction, DirectionPolicy policy, GenerationNames names) {
    private static final List<String> PEERS = List.of("saddr", "daddr");

    boolean defaultAllows() {
        return allows(policy.getDecisions(0));
    }

    void render(RulesetText ruleset) throws DataplaneException {
        check();
        for (String peer : PEERS) {
            ruleset.chain(names.judge(direction, peer), judge(peer), List.of());
        }
        beyond(1, 0, ruleset);
        tails(ruleset);
    }

    /// Leads to other maps.
    void replaceJudges(RulesetText ruleset) {
        PEERS.forEach(peer -> ruleset.replace(names.judge(direction, peer), judge(peer)));
    }

    private List<String> judge(String peer) {
        return List.of(
                "ip " + peer + " vmap @" + names.map(direction, "4"),
                "ip6 " + peer + " vmap @" + names.map(direction, "6"),
                "ip " + peer + " vmap @" + names.networkMap(direction, "4"),
                "ip6 " + peer + " vmap @" + names.networkMap(direction, "6"),
                "goto " + names.decision(direction, 0));
    }

    /// Only the classes and decisions that an earlier form of this policy does not have.
    void renderBeyond(DirectionPolicy known, RulesetText ruleset) throws DataplaneException {
        check();
        beyond(known.getClassesCount(), known.getDecisionsCount(), ruleset);
    }

    private void beyond(int classes, int decisions, RulesetText ruleset) {
        for (int number = classes; number < policy.getClassesCount(); number++) {
            peerClass(ruleset, number, policy.getClasses(number));
        }
        for (int number = decisions; number < policy.getDecisionsCount(); number++) {
            decision(ruleset, number, policy.getDecisions(number));
        }
    }

    private void peerClass(RulesetText ruleset, int number, PeerClass peerClass) {
        List<String> asked = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        asked.add(answersLeaveBy() + " != 0 goto " + names.answerClass(direction, number));
        for (PortRule rule : peerClass.getProgramList()) {
            String verdict = " goto " + names.decision(direction, rule.getDecision());
            asked.add(PortText.ofQuestion(rule) + verdict);
            PortText.ofAnswer(rule).ifPresent(match -> answered.add(match + verdict));
        }
        String otherwise = "goto " + names.decision(direction, 0);
        asked.add(otherwise);
        answered.add(otherwise);
        ruleset.chain(names.answerClass(direction, number), answered, List.of());
        ruleset.chain(names.peerClass(direction, number), asked, List.of());
    }

    /// An incoming connection's answers leave through the output hook, where a packet has an
    /// outgoing interface only; an outgoing one's arrive.
    private String answersLeaveBy() {
        return switch (direction) {
            case INCOMING -> "oif";
            case OUTGOING -> "iif";
        };
    }

    private void decision(RulesetText ruleset, int number, Decision decision) {
        boolean accepted = allows(decision);
        String seen =
                decision.getSilent()
                        ? "counter name " + Counter.SILENT.nftName()
                        : "counter name "
                                + Counter.logged(direction, accepted).nftName()
                                + " "
                                + log(number);
        String verdict = (number == 0 ? "default_" : "") + (accepted ? "allow" : "reject");
        ruleset.chain(
                names.decision(direction, number),
                RulesetText.SYN + " " + seen,
                "meta l4proto != tcp ct state new,related ct mark & "
                        + Mark.hex(Mark.GENERATION_MASK)
                        + " == 0 "
                        + seen,
                "goto "
                        + (verdict.equals("reject")
                                ? names.of("refuse")
                                : names.tail(direction, verdict)));
    }

    private String log(int number) {
        return "log prefix \"rf "
                + GenerationNames.prefix(direction)
                + " "
                + number
                + " "
                + names.structure()
                + "\" group "
                + NftablesDataplane.LOG_GROUP
                + " snaplen "
                + PacketLog.SNAPLEN
                + " queue-threshold "
                + PacketLog.BATCH;
    }

    /// Where a decision goes: at once for a packet whose opener is known, on to the other direction
    /// for one in mid-stream.
    private void tails(RulesetText ruleset) {
        boolean incoming = direction == Direction.INCOMING;
        String known = "ct state != untracked ct mark & " + Mark.hex(Mark.MIDSTREAM) + " == 0 ";
        tail(ruleset, "allow", known, "admit", incoming ? "mid_allowed" : "admit");
        String refusal = defaultAllows() ? "admit" : "refuse";
        String name = defaultAllows() ? "default_allow" : "default_reject";
        tail(ruleset, name, known, refusal, incoming ? "mid_default" : "");
    }

    private void tail(
            RulesetText ruleset, String name, String known, String now, String inMidstream) {
        ruleset.chain(
                names.tail(direction, name),
                List.of(
                        known + "goto " + names.of(now),
                        RulesetText.SYN + " goto " + names.of(now)),
                inMidstream.isEmpty() ? List.of() : List.of("goto " + names.of(inMidstream)));
    }

    private void check() throws DataplaneException {
        int decisions = policy.getDecisionsCount();
        if (decisions == 0) {
            throw new DataplaneException(direction + " has no default decision");
        }
        for (Decision decision : policy.getDecisionsList()) {
            if (decision.getAction() != PolicyAction.ALLOW
                    && decision.getAction() != PolicyAction.DENY) {
                throw new DataplaneException(
                        direction + " has a decision that is neither allow nor deny");
            }
        }
        for (PeerClass peerClass : policy.getClassesList()) {
            for (PortRule rule : peerClass.getProgramList()) {
                PortText.check(rule, decisions);
            }
        }
    }

    private static boolean allows(Decision decision) {
        return decision.getAction() == PolicyAction.ALLOW;
    }
}
