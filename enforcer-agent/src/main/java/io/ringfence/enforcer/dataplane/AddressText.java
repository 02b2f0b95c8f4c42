package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import java.util.List;
import java.util.function.Predicate;

/// Writes which peer address belongs to which class: whole addresses into the exact-match maps,
/// prefixes into the interval maps.
record AddressText(Direction direction, DirectionPolicy policy, ChainNames names) {
    void render(RulesetText ruleset) throws DataplaneException {
        for (AddressClass address : policy.getAddressesList()) {
            check(address);
        }
        elements(ruleset, "4", address -> size(address) == 4 && isWhole(address));
        elements(ruleset, "6", address -> size(address) == 16 && isWhole(address));
        elements(ruleset, "_network4", address -> size(address) == 4 && !isWhole(address));
        elements(ruleset, "_network6", address -> size(address) == 16 && !isWhole(address));
    }

    private void elements(RulesetText ruleset, String map, Predicate<AddressClass> belongs) {
        List<AddressClass> addresses = policy.getAddressesList().stream().filter(belongs).toList();
        if (addresses.isEmpty()) {
            return;
        }
        ruleset.line(
                "add element " + KernelTable.NAME + " " + ChainNames.map(direction) + map + " {");
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

    private static boolean isWhole(AddressClass address) {
        return address.getPrefixLength() == size(address) * 8;
    }
}
