package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.ArrayList;
import java.util.List;

/// Writes nftables transactions; of itself the one that puts a policy in the place of the previous
/// one, whole.
///
/// Table, base chains and counters are kept for ever, so that no packet meets an empty table. All
/// else is made anew for each generation, and the base chains lead to it. The kernel chooses a
/// chain's rules once for a packet, and a map's elements at each look: so what the previous
/// generation is made of stays as it is, and the one before that goes.
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

    private final StringBuilder text = new StringBuilder(4096);
    private final List<Part> chains = new ArrayList<>();
    private final List<Part> sets = new ArrayList<>();
    private final KernelTable next;
    private final GenerationNames names;

    /// @param next what the kernel is to hold, beside what is written here
    RulesetText(KernelTable next) {
        this.next = next;
        this.names = next.names();
    }

    /// @param previous what the kernel holds now; its former parts are removed
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
        ruleset.chain(KernelTable.APPLIED, applied(next));
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
        ruleset.frame(previous, !units.isEmpty());
        return ruleset;
    }

    static String applied(KernelTable table) {
        return "counter comment \"" + table.comment() + "\"";
    }

    /// Puts the creation of the chains before what was written up to now, which is their content.
    void finishAdditions() {
        String content = take();
        if (!content.isEmpty()) {
            createChains();
            line("table " + KernelTable.NAME + " {");
            text.append(content);
            line("}");
        }
    }

    /// Other rules for a chain that is there. As lines: for a block, `nft` would ask the kernel
    /// what there is.
    void replace(String chain, List<String> rules) {
        flush("chain", chain);
        rules.forEach(rule -> line("add rule " + KernelTable.NAME + " " + chain + " " + rule));
    }

    /// What goes before the content. Chains first: nft attaches a verdict to an interval map's
    /// element only if it has met the chain before the map.
    private void frame(KernelTable previous, boolean judges) {
        String content = take();
        line("add table " + KernelTable.NAME);
        baseChain("input", "input", "filter");
        baseChain("output", "output", "filter");
        baseChain("raw_prerouting", "prerouting", "raw");
        baseChain("raw_output", "output", "raw");
        add("chain", KernelTable.APPLIED, "");
        for (Counter counter : Counter.values()) {
            add("counter", counter.nftName(), "");
        }
        if (next.holdsAnswers()) {
            AnswerHold.frame(this);
        } else if (previous.holdsAnswers()) {
            AnswerHold.remove(this);
        }
        KernelTable.KEPT_CHAINS.forEach(chain -> flush("chain", chain));
        retire(previous.formerParts());
        createChains();
        BypassText.frame(this);
        if (judges) {
            AddressText.frame(this);
        }
        text.append(content);
    }

    /// What refers to something goes before it.
    void retire(List<Part> former) {
        List<Part> chains = former.stream().filter(Part::isChain).toList();
        List<Part> sets = former.stream().filter(part -> !part.isChain()).toList();
        chains.forEach(chain -> flush("chain", chain.name()));
        sets.forEach(set -> flush(set.kind().word(), set.name()));
        sets.forEach(this::delete);
        chains.forEach(this::delete);
    }

    private void delete(Part part) {
        line("delete " + part.kind().word() + " " + KernelTable.NAME + " " + part.name());
    }

    private void createChains() {
        chains.forEach(chain -> create(chain, ""));
    }

    /// Refused if there is one of that name: its content is not what we think.
    private void create(Part part, String definition) {
        line(
                "create "
                        + part.kind().word()
                        + " "
                        + KernelTable.NAME
                        + " "
                        + part.name()
                        + " "
                        + definition);
    }

    private String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
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

    /// Adds a set or a map of this generation.
    void set(Part set, String definition) {
        sets.add(set);
        create(set, definition);
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
        String hook = JudgementText.hook(arriving);
        String peer = input ? "saddr" : "daddr";
        chain(hook, judgement().base(arriving), List.of());
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
        chain(judgement().admitChain(), judgement().admit(), List.of());
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

    private JudgementText judgement() {
        return new JudgementText(next.generation(), names);
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
        if (!KernelTable.KEPT_CHAINS.contains(name)) {
            chains.add(Part.chain(name));
        }
        line(" chain " + name + " {");
        rules.forEach(rule -> line("  " + rule));
        more.forEach(rule -> line("  " + rule));
        line(" }");
    }

    /// What the kernel holds once it has taken this transaction.
    KernelTable applied() {
        return next.with(chains).with(sets);
    }

    /// The transaction.
    @Override
    public String toString() {
        return text.toString();
    }

    GenerationNames names() {
        return names;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void line(String line) {
        text.append(line).append('\n');
    }
}
