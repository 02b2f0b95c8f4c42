package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.engine.reference.ReferenceJudge;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What every table of verdicts shares: the world its rows add to, and the three who are asked. A
/// row is a sentence that says what must hold, what it adds to the world ([WorldText]), a question
/// `DIRECTION UNIT PEER TRAFFIC [INSTANT]`, and the answer `ACTION RULESET[/RULE]`, or `ACTION
/// default@NAMESPACE`, then what was observed and whether the rule wants silence.
final class VerdictTable {
    static final String SHOP =
            """
            ns / Inherit Inherit; ns /acme Reject Reject; ns /acme/shop Inherit Inherit;
            ns /rival Allow Allow;
            pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod;
            pu api /acme/shop 10.0.0.2,fd00::2 app=api,env=prod;
            pu db  /acme/shop 10.0.0.3 app=db,env=prod unenforced;
            pu old /acme/shop 10.0.0.4 app=api stopped;
            pu lab /acme/lab 10.0.0.5 app=api,env=lab;
            pu spy /rival 10.9.0.1 app=api,env=prod
            """;
    static final String NETWORKS =
            """
            net internet /acme 0.0.0.0/0,::/0 net=internet propagate;
            net corp /acme/shop 10.0.0.0/8,!10.8.0.0/16 net=corp;
            net named /acme/shop *.corp.example net=named;
            net hidden /acme 172.16.0.0/12 net=hidden;
            net labnet /acme/lab 192.168.0.0/16 net=labnet
            """;

    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

    private VerdictTable() {}

    static void check(String sentence, @Nullable String extra, String question, String expected) {
        WorldText text = WorldText.read(SHOP, NETWORKS, extra == null ? "" : extra);
        String[] words = question.split(" ");
        Direction direction = words[0].equals("in") ? Direction.INCOMING : Direction.OUTGOING;
        InetAddress peer = InetAddress.ofLiteral(words[2]);
        Traffic traffic = traffic(words[3]);
        Instant now = words.length > 4 ? Instant.parse(words[4]) : NOW;

        ReferenceJudge reference = new ReferenceJudge(text.world(), text.answers(), now);
        ProcessingUnit unit =
                Objects.requireNonNull(text.world().processingUnits().get(words[1]), words[1]);
        Verdict judged = reference.judge(direction, unit, peer, traffic);
        assertThat(text(judged)).as("reference: " + sentence).isEqualTo(expected);

        World world = text.answers().resolve(text.world().at(now), now);
        assertThat(PolicyEvaluator.judge(world, direction, words[1], peer, traffic))
                .as("evaluator: " + sentence)
                .isEqualTo(judged);
        assertThat(
                        new SnapshotInterpreter(resolved(world).with(Map.of()))
                                .judge(direction, words[1], peer, traffic))
                .as("compiled: " + sentence)
                .isEqualTo(judged);

        ResolvedPolicy resolved = resolved(text.world().at(now));
        assertThat(
                        new SnapshotInterpreter(resolved.with(Answers.holding(text.answers(), now)))
                                .judge(direction, words[1], peer, traffic))
                .as("resolved: " + sentence)
                .isEqualTo(judged);
    }

    private static ResolvedPolicy resolved(World world) {
        return PolicyCompiler.resolve(world, PolicyCompiler.compile(world, "enforcer"));
    }

    static Traffic traffic(String text) {
        String[] parts = text.split("/");
        return switch (parts[0]) {
            case "tcp" -> Traffic.tcp(Integer.parseInt(parts[1]));
            case "udp" -> Traffic.udp(Integer.parseInt(parts[1]));
            case "icmp" -> Traffic.icmp(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "icmp6" -> Traffic.icmp6(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "gre" -> Traffic.protocol(47);
            case "esp" -> Traffic.protocol(50);
            default -> throw new IllegalArgumentException(text);
        };
    }

    static String text(Verdict verdict) {
        StringBuilder text = new StringBuilder(lower(verdict.action()) + " " + verdict.policyId());
        if (verdict.policyId().equals(Verdict.DEFAULT)) {
            text.append('@').append(verdict.policyNamespace());
        }
        if (!verdict.ruleName().isEmpty()) {
            text.append('/').append(verdict.ruleName());
        }
        if (verdict.observedAction() != null) {
            text.append(" observed ").append(lower(verdict.observedAction()));
            text.append(' ').append(verdict.observedPolicyId());
        }
        return text.append(verdict.silent() ? " quiet" : "").toString();
    }

    private static String lower(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
