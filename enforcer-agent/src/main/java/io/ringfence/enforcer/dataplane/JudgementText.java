package io.ringfence.enforcer.dataplane;

import java.util.List;

/// Writes what bears the number of the policy that judges: the base chains, which let pass what it
/// has judged, and the chain that marks what it admits.
record JudgementText(int generation, GenerationNames names) {
    /// What a packet meets first in a hook.
    List<String> base(Direction arriving) {
        boolean input = arriving == Direction.INCOMING;
        String hook = hook(arriving);
        return List.of(
                (input ? "iif" : "oif") + " \"lo\" accept",
                RulesetText.SYN + " goto " + names.of(hook + "_start"),
                "ct state established,new ct mark & "
                        + Mark.hex(Mark.GENERATION_MASK)
                        + " == "
                        + Mark.hex(Mark.ofGeneration(generation))
                        + " accept",
                "goto " + names.of(hook + "_other"));
    }

    static String hook(Direction arriving) {
        return switch (arriving) {
            case INCOMING -> "input";
            case OUTGOING -> "output";
        };
    }

    String admitChain() {
        return names.of("admit");
    }

    List<String> admit() {
        return List.of(
                "ct state != untracked ct mark set ct mark & "
                        + Mark.hex(~Mark.GENERATION_MASK)
                        + " | "
                        + Mark.hex(Mark.ofGeneration(generation)),
                "accept");
    }

    /// Puts this number in the place of another one. A packet keeps the rules it has entered with,
    /// number and all.
    void replace(RulesetText ruleset) {
        for (Direction arriving : Direction.values()) {
            ruleset.replace(hook(arriving), base(arriving));
        }
        ruleset.replace(admitChain(), admit());
    }
}
