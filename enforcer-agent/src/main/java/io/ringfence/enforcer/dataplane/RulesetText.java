package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.ArrayList;
import java.util.List;

/// Writes one policy as the nftables transaction that puts it in the place of the previous one.
/// Table, base chains, maps and counters are kept for ever; only their content changes, so that no
/// packet meets an empty table.
///
/// ```
/// input ─┬─ SYN ───────────────► input_start ──► in_judge_saddr ─► class ─► decision ─► allow | refuse
///        ├─ judged this generation: accept
///        └─ else ──────────────► input_other ─┬► in_judge_saddr   (opened towards us)
///                                             ├► out_judge_saddr  (opened by us; this is an answer)
///                                             └► input_mid        (nobody knows: incoming, then outgoing)
/// ```
///
/// and the same for `output` with `daddr`.
final class RulesetText {
    /// Flow start of TCP. (SYN with FIN or RST is none; connection tracking finds it invalid.)
    static final String SYN = "tcp flags & (fin | syn | rst | ack) == syn";

    static final String NOT_SYN = "tcp flags & (syn | ack) != syn";

    private static final List<String> MAPS = List.of("incoming", "outgoing");
    private static final List<String> BASE_CHAINS =
            List.of("input", "output", "raw_prerouting", "raw_output");

    private final StringBuilder text = new StringBuilder(4096);
    private final List<String> chains = new ArrayList<>();
    private final KernelTable next;
    private final ChainNames names;

    private RulesetText(KernelTable next) {
        this.next = next;
        this.names = new ChainNames(next.generation());
    }

    /// @param previous what the kernel holds now; its chains are removed
    /// @param next what it is to say about itself afterwards
    static RulesetText render(
            KernelTable previous, KernelTable next, PolicySnapshot policy, Bypass bypass)
            throws DataplaneException {
        List<ProcessingUnitPolicy> units = policy.getProcessingUnitsList();
        if (units.size() > 1) {
            throw new DataplaneException(
                    "the policy has "
                            + units.size()
                            + " processing units; this enforcer can enforce one, the host itself");
        }
        RulesetText ruleset = new RulesetText(next);
        ruleset.line("table " + KernelTable.NAME + " {");
        ruleset.chain(KernelTable.APPLIED, "counter comment \"" + next.comment() + "\"");
        BypassText bypassText = new BypassText(bypass, ruleset.names);
        bypassText.renderRaw(ruleset);
        if (next.holdsAnswers()) {
            AnswerHold.render(ruleset, bypass);
        }
        if (!units.isEmpty()) {
            ruleset.unit(units.getFirst(), bypassText);
        }
        ruleset.line("}");
        bypassText.renderElements(ruleset);
        if (!units.isEmpty()) {
            ruleset.elements(units.getFirst());
        }
        ruleset.frame(previous);
        return ruleset;
    }

    /// What brings the current policy from one form to another: the same but for whole addresses,
    /// and classes and decisions beyond the known ones.
    ///
    /// @param current what the kernel holds now
    static RulesetText adjust(KernelTable current, PolicySnapshot before, PolicySnapshot after)
            throws DataplaneException {
        RulesetText ruleset = new RulesetText(current);
        if (after.getProcessingUnitsCount() == 0) {
            return ruleset;
        }
        AdjustmentText adjustment = new AdjustmentText(ruleset, before, after);
        ruleset.line("table " + KernelTable.NAME + " {");
        adjustment.renderChains();
        ruleset.line("}");
        String content = ruleset.text.toString();
        ruleset.text.setLength(0);
        if (!ruleset.chains.isEmpty()) {
            ruleset.chains.forEach(chain -> ruleset.add("chain", chain, ""));
            ruleset.text.append(content);
        }
        adjustment.renderElements();
        ruleset.chains.addAll(current.chains());
        return ruleset;
    }

    /// What goes before the content. Chains first: nft attaches a verdict to an interval map's
    /// element only if it has met the chain before the map.
    private void frame(KernelTable previous) {
        String content = text.toString();
        text.setLength(0);
        line("add table " + KernelTable.NAME);
        chains.forEach(chain -> add("chain", chain, ""));
        baseChain("input", "input", "filter");
        baseChain("output", "output", "filter");
        baseChain("raw_prerouting", "prerouting", "raw");
        baseChain("raw_output", "output", "raw");
        add("chain", KernelTable.APPLIED, "");
        for (Counter counter : Counter.values()) {
            add("counter", counter.nftName(), "");
        }
        for (String map : MAPS) {
            add("map", map + "4", "{ type ipv4_addr : verdict; }");
            add("map", map + "6", "{ type ipv6_addr : verdict; }");
            add("map", map + "_network4", "{ type ipv4_addr : verdict; flags interval; }");
            add("map", map + "_network6", "{ type ipv6_addr : verdict; flags interval; }");
        }
        BypassText.frame(this);
        if (next.holdsAnswers()) {
            AnswerHold.frame(this);
        } else if (previous.holdsAnswers()) {
            AnswerHold.remove(this);
        }
        emptied(previous);
        text.append(content);
    }

    private void baseChain(String name, String hook, String priority) {
        add(
                "chain",
                name,
                "{ type filter hook " + hook + " priority " + priority + "; policy accept; }");
    }

    void add(String kind, String name, String definition) {
        line("add " + kind + " " + KernelTable.NAME + " " + name + " " + definition);
    }

    private void emptied(KernelTable previous) {
        BASE_CHAINS.forEach(chain -> flush("chain", chain));
        flush("chain", KernelTable.APPLIED);
        for (String map : MAPS) {
            for (String suffix : List.of("4", "6", "_network4", "_network6")) {
                flush("map", map + suffix);
            }
        }
        BypassText.SETS.forEach(set -> flush("set", set));
        previous.chains().forEach(chain -> flush("chain", chain));
        previous.chains().forEach(chain -> line("delete chain " + KernelTable.NAME + " " + chain));
    }

    void flush(String kind, String name) {
        line("flush " + kind + " " + KernelTable.NAME + " " + name);
    }

    private void unit(ProcessingUnitPolicy unit, BypassText bypass) throws DataplaneException {
        DirectionText incoming = new DirectionText(Direction.INCOMING, unit.getIncoming(), names);
        DirectionText outgoing = new DirectionText(Direction.OUTGOING, unit.getOutgoing(), names);
        hook(Direction.INCOMING, bypass);
        hook(Direction.OUTGOING, bypass);
        bypass.renderNotPoliced(this);
        incoming.render(this);
        outgoing.render(this);
        midstream(incoming.defaultAllows() && outgoing.defaultAllows());
        refuse();
    }

    /// The chains of the input hook, or of the output hook.
    private void hook(Direction arriving, BypassText bypass) {
        boolean input = arriving == Direction.INCOMING;
        Direction leaving = input ? Direction.OUTGOING : Direction.INCOMING;
        String hook = input ? "input" : "output";
        String peer = input ? "saddr" : "daddr";
        String generation = Mark.hex(Mark.ofGeneration(next.generation()));
        chain(
                hook,
                (input ? "iif" : "oif") + " \"lo\" accept",
                SYN + " goto " + names.of(hook + "_start"),
                "ct state established,new ct mark & "
                        + Mark.hex(Mark.GENERATION_MASK)
                        + " == "
                        + generation
                        + " accept",
                "goto " + names.of(hook + "_other"));
        chain(
                names.of(hook + "_start"),
                bypass.startRules(arriving),
                List.of(
                        "ct mark & "
                                + Mark.hex(Mark.MIDSTREAM)
                                + " != 0 ct mark set ct mark & "
                                + Mark.hex(~Mark.MIDSTREAM),
                        "jump " + names.judge(arriving, peer),
                        counted(Counter.UNJUDGED, "drop")));
        chain(
                names.of(hook + "_other"),
                bypass.otherRules(arriving),
                List.of(
                        "jump " + names.of("not_policed"),
                        "meta l4proto { icmp, ipv6-icmp } ct state related accept",
                        "ct state invalid " + counted(Counter.INVALID, "drop"),
                        "ct state established,related tcp flags & rst != 0 accept",
                        "ct state untracked goto " + names.of(hook + "_mid"),
                        "meta l4proto tcp ct state new goto " + names.of(hook + "_mid"),
                        "ct mark & "
                                + Mark.hex(Mark.MIDSTREAM)
                                + " != 0 goto "
                                + names.of(hook + "_mid"),
                        "ct state related ct mark set ct mark & " + Mark.hex(~Mark.GENERATION_MASK),
                        "ct direction reply jump " + names.judge(leaving, peer),
                        "ct direction original jump " + names.judge(arriving, peer),
                        counted(Counter.UNJUDGED, "drop")));
        chain(
                names.of(hook + "_mid"),
                "ct mark set ct mark | " + Mark.hex(Mark.MIDSTREAM),
                "jump " + names.judge(Direction.INCOMING, peer),
                counted(Counter.UNJUDGED, "drop"));
    }

    /// A mid-stream packet: incoming has been asked and did not refuse; now outgoing. What
    /// outgoing's default decides comes back here.
    private void midstream(boolean bothDefaultsAllow) {
        List<String> askOutgoing =
                List.of(
                        "oif != 0 jump " + names.judge(Direction.OUTGOING, "daddr"),
                        "oif 0 jump " + names.judge(Direction.OUTGOING, "saddr"));
        chain(names.of("mid_allowed"), askOutgoing, List.of("goto " + names.of("admit")));
        chain(
                names.of("mid_default"),
                askOutgoing,
                List.of("goto " + names.of(bothDefaultsAllow ? "admit" : "refuse")));
        chain(names.of("admit"), "ct state != untracked " + judged(), "accept");
    }

    private void refuse() {
        String tcp = "reject with tcp reset";
        String other = "reject with icmpx admin-prohibited";
        chain(
                names.of("refuse"),
                SYN + " " + tcp,
                "meta l4proto tcp " + counted(Counter.CUT, tcp),
                "ct state new,related ct mark & "
                        + Mark.hex(Mark.GENERATION_MASK)
                        + " == 0 "
                        + other,
                counted(Counter.CUT, other));
    }

    /// Writes the generation into the connection's mark.
    String judged() {
        return "ct mark set ct mark & "
                + Mark.hex(~Mark.GENERATION_MASK)
                + " | "
                + Mark.hex(Mark.ofGeneration(next.generation()));
    }

    static String counted(Counter counter, String verdict) {
        return "counter name " + counter.nftName() + " " + verdict;
    }

    private void elements(ProcessingUnitPolicy unit) throws DataplaneException {
        new AddressText(Direction.INCOMING, unit.getIncoming(), names).render(this);
        new AddressText(Direction.OUTGOING, unit.getOutgoing(), names).render(this);
    }

    void chain(String name, String... rules) {
        chain(name, List.of(rules), List.of());
    }

    /// The content of a chain that hangs on a hook.
    void base(String name, List<String> rules) {
        line(" chain " + name + " {");
        rules.forEach(rule -> line("  " + rule));
        line(" }");
    }

    void chain(String name, List<String> rules, List<String> more) {
        if (!BASE_CHAINS.contains(name) && !name.equals(KernelTable.APPLIED)) {
            chains.add(name);
        }
        line(" chain " + name + " {");
        rules.forEach(rule -> line("  " + rule));
        more.forEach(rule -> line("  " + rule));
        line(" }");
    }

    /// What the kernel holds once it has taken this transaction.
    KernelTable applied() {
        return new KernelTable(
                next.tableId(),
                next.generation(),
                next.digest(),
                List.copyOf(chains),
                next.holdsAnswers());
    }

    /// The transaction.
    @Override
    public String toString() {
        return text.toString();
    }

    ChainNames names() {
        return names;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void line(String line) {
        text.append(line).append('\n');
    }
}
