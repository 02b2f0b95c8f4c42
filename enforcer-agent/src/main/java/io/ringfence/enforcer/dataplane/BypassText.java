package io.ringfence.enforcer.dataplane;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Writes what is never policed (DESIGN §4, 9 and 10): control channel and fail-safe SSH without
/// connection tracking, the enforcer's resolvers, DHCP, neighbour discovery, multicast and
/// broadcast.
final class BypassText {
    private static final String NO_OPENING = RulesetText.NOT_SYN + " ";

    private final Bypass bypass;
    private final GenerationNames names;

    BypassText(Bypass bypass, GenerationNames names) {
        this.bypass = bypass;
        this.names = names;
    }

    /// The sets, empty.
    static void frame(RulesetText ruleset) {
        for (String version : List.of("4", "6")) {
            String address = "type ipv" + version + "_addr";
            set(ruleset, "control" + version, "{ " + address + " . inet_service; }");
            set(ruleset, "ssh" + version, "{ " + address + "; flags interval; }");
            set(ruleset, "resolver" + version, "{ " + address + "; }");
        }
    }

    private static void set(RulesetText ruleset, String role, String definition) {
        ruleset.set(new Part(Part.Kind.SET, ruleset.names().of(role)), definition);
    }

    void renderRaw(RulesetText ruleset) {
        List<String> arriving = new ArrayList<>();
        List<String> leaving = new ArrayList<>();
        String toUs = "fib daddr type local notrack";
        arriving.addAll(control("saddr", "sport", NO_OPENING + toUs));
        arriving.addAll(ssh("saddr", "dport", toUs));
        leaving.addAll(control("daddr", "dport", "notrack"));
        leaving.addAll(ssh("daddr", "sport", NO_OPENING + "notrack"));
        ruleset.chain("raw_prerouting", arriving, List.of());
        ruleset.chain("raw_output", leaving, List.of());
    }

    /// For a packet that opens a TCP connection in this direction.
    List<String> startRules(Direction direction) {
        List<String> rules = new ArrayList<>();
        switch (direction) {
            case INCOMING -> rules.addAll(ssh("saddr", "dport", "accept"));
            case OUTGOING -> {
                rules.addAll(control("daddr", "dport", "accept"));
                rules.addAll(resolvers());
            }
        }
        return rules;
    }

    /// For any other packet that was not judged under this policy yet.
    List<String> otherRules(Direction direction) {
        List<String> rules = new ArrayList<>();
        switch (direction) {
            case INCOMING -> {
                rules.addAll(control("saddr", "sport", "accept"));
                rules.addAll(ssh("saddr", "dport", "accept"));
                rules.addAll(errorsOfUntracked());
            }
            case OUTGOING -> {
                rules.addAll(control("daddr", "dport", "accept"));
                rules.addAll(ssh("daddr", "sport", "accept"));
                rules.addAll(resolvers());
            }
        }
        if (!bypass.resolvers().isEmpty()) {
            String mark = unpoliced("ct mark & " + Mark.hex(Mark.GENERATION_MASK) + " ==");
            rules.add("ct state established,new " + mark + " accept");
        }
        return rules;
    }

    void renderNotPoliced(RulesetText ruleset) {
        ruleset.chain(
                names.of("not_policed"),
                "udp sport . udp dport { 67 . 68, 68 . 67, 546 . 547, 547 . 546 } "
                        + RulesetText.counted(Counter.NOT_POLICED, "accept"),
                "icmpv6 type { 130-136, 141-143 } "
                        + RulesetText.counted(Counter.NOT_POLICED, "accept"),
                "ip protocol igmp " + RulesetText.counted(Counter.NOT_POLICED, "accept"),
                "fib daddr type { broadcast, multicast } "
                        + RulesetText.counted(Counter.NOT_POLICED, "accept"));
    }

    void renderElements(RulesetText ruleset) {
        for (int bytes : new int[] {4, 16}) {
            String version = bytes == 4 ? "4" : "6";
            Set<String> control = new LinkedHashSet<>();
            Set<String> ssh = new LinkedHashSet<>();
            Set<String> resolvers = new LinkedHashSet<>();
            bypass.controlChannel().stream()
                    .filter(endpoint -> size(endpoint.address()) == bytes)
                    .forEach(endpoint ->
                            control.add(Literal.of(endpoint.address()) + " . " + endpoint.port()));
            bypass.failSafeSsh().stream()
                    .filter(network -> size(network.address()) == bytes)
                    .forEach(network -> ssh.add(range(network)));
            bypass.resolvers().stream()
                    .filter(address -> size(address) == bytes)
                    .forEach(address -> resolvers.add(Literal.of(address)));
            elements(ruleset, "control" + version, control);
            elements(ruleset, "ssh" + version, ssh);
            elements(ruleset, "resolver" + version, resolvers);
        }
    }

    private void elements(RulesetText ruleset, String role, Collection<String> elements) {
        if (!elements.isEmpty()) {
            ruleset.line(
                    "add element "
                            + KernelTable.NAME
                            + " "
                            + names.of(role)
                            + " { "
                            + String.join(", ", elements)
                            + " }");
        }
    }

    private static String range(Cidr network) {
        return Literal.of(network.address()) + "/" + network.prefixLength();
    }

    private List<String> control(String address, String port, String verdict) {
        return versions(bypass.controlChannel().stream().map(ControlEndpoint::address)).stream()
                .map(ip ->
                        ip.word
                                + " "
                                + address
                                + " . tcp "
                                + port
                                + " @"
                                + names.of("control" + ip.suffix)
                                + " "
                                + verdict)
                .toList();
    }

    private List<String> ssh(String address, String port, String verdict) {
        return versions(bypass.failSafeSsh().stream().map(Cidr::address)).stream()
                .map(ip ->
                        "tcp "
                                + port
                                + " 22 "
                                + ip.word
                                + " "
                                + address
                                + " @"
                                + names.of("ssh" + ip.suffix)
                                + " "
                                + verdict)
                .toList();
    }

    /// Processes of root, because the kernel cannot tell the enforcer from them. Answers pass by
    /// the mark.
    private List<String> resolvers() {
        String mark = unpoliced("ct mark set ct mark & " + Mark.hex(~Mark.GENERATION_MASK) + " |");
        return versions(bypass.resolvers().stream()).stream()
                .map(ip ->
                        "meta skuid 0 meta l4proto { tcp, udp } th dport 53 "
                                + ip.word
                                + " daddr @"
                                + names.of("resolver" + ip.suffix)
                                + " "
                                + mark
                                + " accept")
                .toList();
    }

    /// The IP versions that occur; rules for another would only cost time.
    private static Set<IpVersion> versions(Stream<InetAddress> addresses) {
        Set<IpVersion> versions = EnumSet.noneOf(IpVersion.class);
        addresses.forEach(
                address -> versions.add(size(address) == 4 ? IpVersion.FOUR : IpVersion.SIX));
        return versions;
    }

    private enum IpVersion {
        FOUR("ip", "4"),
        SIX("ip6", "6");

        /// nft's word for it.
        private final String word;

        private final String suffix;

        IpVersion(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }
    }

    private static String unpoliced(String what) {
        return what + " " + Mark.hex(Mark.ofGeneration(Mark.UNPOLICED));
    }

    /// ICMP errors about untracked connections belong to no connection that the kernel knows; path
    /// MTU discovery needs them. The address that the failed packet was sent to stands 24 bytes
    /// into the error (RFC 792: 8 of ICMP, 16 of IP), in version 6 32 bytes (RFC 4443).
    private List<String> errorsOfUntracked() {
        List<String> rules = new ArrayList<>();
        List<Cidr> networks = new ArrayList<>(bypass.failSafeSsh());
        bypass.controlChannel()
                .forEach(endpoint ->
                        networks.add(new Cidr(endpoint.address(), size(endpoint.address()) * 8)));
        for (Cidr network : networks) {
            rules.add(
                    size(network.address()) == 4
                            ? "icmp type { 3, 11, 12 } @th,192,32 " + within(network) + " accept"
                            : "icmpv6 type { 1-4 } @th,256,128 " + within(network) + " accept");
        }
        return rules;
    }

    private static String within(Cidr network) {
        int bits = size(network.address()) * 8;
        BigInteger mask =
                BigInteger.ONE
                        .shiftLeft(network.prefixLength())
                        .subtract(BigInteger.ONE)
                        .shiftLeft(bits - network.prefixLength());
        BigInteger first = new BigInteger(1, network.address().getAddress()).and(mask);
        return "& 0x" + mask.toString(16) + " == 0x" + first.toString(16);
    }

    private static int size(InetAddress address) {
        return address.getAddress().length;
    }
}
