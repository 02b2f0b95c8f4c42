package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import java.util.List;
import java.util.stream.Collectors;

/// Writes which peer address belongs to which class: whole addresses into the exact-match maps,
/// prefixes into the interval maps.
record AddressText(Direction direction, DirectionPolicy policy, GenerationNames names) {
    private static final List<String> VERSIONS = List.of("4", "6");

    /// The maps of both directions, empty.
    static void frame(RulesetText ruleset) {
        for (Direction direction : Direction.values()) {
            frameExact(direction, ruleset);
            for (String version : VERSIONS) {
                map(
                        ruleset,
                        ruleset.names().networkMap(direction, version),
                        version,
                        "flags interval; ");
            }
        }
    }

    /// Those of whole addresses.
    static void frameExact(Direction direction, RulesetText ruleset) {
        for (String version : VERSIONS) {
            map(ruleset, ruleset.names().map(direction, version), version, "");
        }
    }

    static List<Part> exactMaps(Direction direction, GenerationNames names) {
        return VERSIONS.stream()
                .map(version -> new Part(Part.Kind.MAP, names.map(direction, version)))
                .toList();
    }

    private static void map(RulesetText ruleset, String name, String version, String flags) {
        ruleset.set(
                new Part(Part.Kind.MAP, name),
                "{ type ipv" + version + "_addr : verdict; " + flags + "}");
    }

    void render(RulesetText ruleset) throws DataplaneException {
        render(policy.getAddressesList(), ruleset);
    }

    /// Some of the policy's addresses.
    void render(List<AddressClass> some, RulesetText ruleset) throws DataplaneException {
        for (AddressClass address : some) {
            check(address);
        }
        for (String version : VERSIONS) {
            elements(ruleset, names.map(direction, version), some, version, true);
            elements(ruleset, names.networkMap(direction, version), some, version, false);
        }
    }

    /// Takes whole addresses out again.
    void renderWithout(List<AddressClass> gone, RulesetText ruleset) {
        for (String version : VERSIONS) {
            String addresses =
                    gone.stream()
                            .filter(address -> isOf(version, address))
                            .map(address -> Literal.of(address.getAddress()))
                            .collect(Collectors.joining(", "));
            if (!addresses.isEmpty()) {
                ruleset.line(
                        "delete element "
                                + KernelTable.NAME
                                + " "
                                + names.map(direction, version)
                                + " { "
                                + addresses
                                + " }");
            }
        }
    }

    private void elements(
            RulesetText ruleset,
            String map,
            List<AddressClass> some,
            String version,
            boolean whole) {
        List<AddressClass> addresses =
                some.stream()
                        .filter(address -> isOf(version, address) && isWhole(address) == whole)
                        .toList();
        if (addresses.isEmpty()) {
            return;
        }
        ruleset.line("add element " + KernelTable.NAME + " " + map + " {");
        for (AddressClass address : addresses) {
            String prefix = isWhole(address) ? "" : "/" + address.getPrefixLength();
            ruleset.line(
                    Literal.of(address.getAddress())
                            + prefix
                            + " : goto "
                            + target(address.getPeerClass())
                            + ",");
        }
        ruleset.line("}");
    }

    private String target(int peerClass) {
        return peerClass == 0
                ? names.decision(direction, 0)
                : names.peerClass(direction, peerClass);
    }

    private void check(AddressClass address) throws DataplaneException {
        ByteString bytes = address.getAddress();
        if (bytes.size() != 4 && bytes.size() != 16
                || address.getPrefixLength() > bytes.size() * 8
                || address.getPeerClass() >= Math.max(1, policy.getClassesCount())) {
            throw new DataplaneException(
                    direction
                            + " address entry with "
                            + bytes.size()
                            + " bytes, prefix length "
                            + address.getPrefixLength()
                            + " and class "
                            + address.getPeerClass()
                            + " makes no sense");
        }
    }

    private static boolean isOf(String version, AddressClass address) {
        return version.equals("4") == (size(address) == 4);
    }

    private static int size(AddressClass address) {
        return address.getAddress().size();
    }

    static boolean isWhole(AddressClass address) {
        return address.getPrefixLength() == size(address) * 8;
    }
}
