package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Writes which peer address belongs to which class: whole addresses into the exact-match maps,
/// prefixes into the interval maps.
record AddressText(Direction direction, DirectionPolicy policy, GenerationNames names) {
    private static final Map<String, Predicate<AddressClass>> MAPS = new LinkedHashMap<>();

    static {
        MAPS.put("4", address -> size(address) == 4 && isWhole(address));
        MAPS.put("6", address -> size(address) == 16 && isWhole(address));
        MAPS.put("_network4", address -> size(address) == 4 && !isWhole(address));
        MAPS.put("_network6", address -> size(address) == 16 && !isWhole(address));
    }

    /// The maps of both directions, empty.
    static void frame(RulesetText ruleset) {
        for (Direction direction : Direction.values()) {
            for (String version : List.of("4", "6")) {
                String definition = "{ type ipv" + version + "_addr : verdict; ";
                map(ruleset, direction, version, definition + "}");
                map(ruleset, direction, "_network" + version, definition + "flags interval; }");
            }
        }
    }

    private static void map(
            RulesetText ruleset, Direction direction, String peers, String definition) {
        ruleset.set(new Part(Part.Kind.MAP, ruleset.names().map(direction, peers)), definition);
    }

    void render(RulesetText ruleset) throws DataplaneException {
        render(policy.getAddressesList(), ruleset);
    }

    /// Some of the policy's addresses.
    void render(List<AddressClass> some, RulesetText ruleset) throws DataplaneException {
        for (AddressClass address : some) {
            check(address);
        }
        MAPS.forEach(
                (map, belongs) -> elements(ruleset, map, some.stream().filter(belongs).toList()));
    }

    /// Takes whole addresses out again.
    void renderWithout(List<AddressClass> gone, RulesetText ruleset) {
        MAPS.forEach((map, belongs) -> {
            String addresses =
                    gone.stream()
                            .filter(belongs)
                            .map(address -> Literal.of(address.getAddress()))
                            .collect(Collectors.joining(", "));
            if (!addresses.isEmpty()) {
                ruleset.line("delete element " + name(map) + " { " + addresses + " }");
            }
        });
    }

    private String name(String map) {
        return KernelTable.NAME + " " + names.map(direction, map);
    }

    private void elements(RulesetText ruleset, String map, List<AddressClass> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        ruleset.line("add element " + name(map) + " {");
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

    private static int size(AddressClass address) {
        return address.getAddress().size();
    }

    static boolean isWhole(AddressClass address) {
        return address.getPrefixLength() == size(address) * 8;
    }
}
