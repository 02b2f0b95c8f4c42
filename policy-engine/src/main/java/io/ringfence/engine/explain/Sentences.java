package io.ringfence.engine.explain;

import io.ringfence.engine.Action;
import io.ringfence.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Says an explanation in words.
final class Sentences {
    private Sentences() {}

    static String about(Side outgoing, Side incoming) {
        List<String> rejections = new ArrayList<>();
        addRejection(outgoing, "leave the source", "destination", rejections);
        addRejection(incoming, "reach the destination", "source", rejections);
        if (!rejections.isEmpty()) {
            return String.join(" ", rejections);
        }
        List<String> allowances = new ArrayList<>();
        addAllowance(outgoing, "leave the source", allowances);
        addAllowance(incoming, "reach the destination", allowances);
        return allowances.isEmpty()
                ? "Nobody enforces at either end, so nothing stops it."
                : sentence(String.join(", and ", allowances));
    }

    private static void addAllowance(Side side, String what, List<String> to) {
        if (side instanceof Side.Judged judged) {
            to.add("%s lets it %s".formatted(who(judged), what));
        }
    }

    private static void addRejection(Side side, String what, String peer, List<String> to) {
        if (!(side instanceof Side.Judged judged) || judged.verdict().action() == Action.ALLOW) {
            return;
        }
        if (!judged.verdict().isDefault()) {
            to.add(sentence("%s does not let it %s".formatted(who(judged), what)));
        } else if (judged.nearest().isEmpty()) {
            to.add("No rule lets it %s, and none comes near.".formatted(what));
        } else {
            to.add(
                    "No rule lets it %s: %s."
                            .formatted(what, hope(judged.nearest().getFirst(), peer)));
        }
    }

    private static String who(Side.Judged judged) {
        Verdict verdict = judged.verdict();
        if (judged.withheld()) {
            return "a ruleset you may not read";
        }
        return verdict.isDefault()
                ? "the default action of namespace `%s`".formatted(verdict.policyNamespace())
                : named(verdict.policyName(), verdict.ruleName());
    }

    private static String named(String policy, String rule) {
        return rule.isEmpty()
                ? quoted(policy)
                : "rule %s of %s".formatted(quoted(rule), quoted(policy));
    }

    /// @param peer the end at which tags may be those of an external network
    private static String hope(NearRule near, String peer) {
        List<String> conditions = new ArrayList<>();
        if (!near.missingOnSource().isEmpty()) {
            conditions.add(condition(near, "source", peer, near.missingOnSource()));
        }
        if (!near.missingOnDestination().isEmpty()) {
            conditions.add(condition(near, "destination", peer, near.missingOnDestination()));
        }
        if (!near.ports().isEmpty()) {
            conditions.add("it were for " + either(near.ports()));
        }
        return "%s would allow this if %s"
                .formatted(
                        named(near.policyName(), near.ruleName()),
                        String.join(" and ", conditions));
    }

    private static String condition(NearRule near, String end, String peer, List<String> tags) {
        NearRule.PeerKind kind = end.equals(peer) ? near.peer() : NearRule.PeerKind.PROCESSING_UNIT;
        String had =
                switch (kind) {
                    case PROCESSING_UNIT -> "the %s had ".formatted(end);
                    case EXTERNAL_NETWORK ->
                            "the external network %s had "
                                    .formatted(quoted(near.externalNetwork()));
                    case SOMEWHERE -> "the %s were in an external network with ".formatted(end);
                };
        return had + tags.stream().map(Sentences::quoted).collect(Collectors.joining(" and "));
    }

    private static String either(List<String> ports) {
        return ports.stream().map(Sentences::quoted).collect(Collectors.joining(" or "));
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
