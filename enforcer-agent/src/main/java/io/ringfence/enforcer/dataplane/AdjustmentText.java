package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes what changes when a policy stays the same and whole addresses are added, taken away or
/// moved to other classes, perhaps to new ones.
final class AdjustmentText {
    private final RulesetText ruleset;
    private final PolicySnapshot before;
    private final PolicySnapshot after;

    AdjustmentText(RulesetText ruleset, PolicySnapshot before, PolicySnapshot after) {
        this.ruleset = ruleset;
        this.before = before;
        this.after = after;
    }

    /// The new classes and decisions.
    void renderChains() throws DataplaneException {
        for (Direction direction : Direction.values()) {
            new DirectionText(direction, of(after, direction), ruleset.names())
                    .renderBeyond(of(before, direction), ruleset);
        }
    }

    void renderElements() throws DataplaneException {
        for (Direction direction : Direction.values()) {
            Map<ByteString, AddressClass> had = whole(of(before, direction));
            Map<ByteString, AddressClass> has = whole(of(after, direction));
            List<AddressClass> gone = new ArrayList<>(had.values());
            gone.removeIf(address -> address.equals(has.get(address.getAddress())));
            List<AddressClass> come = new ArrayList<>(has.values());
            come.removeIf(address -> address.equals(had.get(address.getAddress())));
            AddressText text = new AddressText(direction, of(after, direction), ruleset.names());
            text.renderWithout(gone, ruleset);
            text.render(come, ruleset);
        }
    }

    private static Map<ByteString, AddressClass> whole(DirectionPolicy policy) {
        Map<ByteString, AddressClass> whole = new HashMap<>();
        policy.getAddressesList().stream()
                .filter(AddressText::isWhole)
                .forEach(address -> whole.put(address.getAddress(), address));
        return whole;
    }

    private static DirectionPolicy of(PolicySnapshot policy, Direction direction) {
        return switch (direction) {
            case INCOMING -> policy.getProcessingUnits(0).getIncoming();
            case OUTGOING -> policy.getProcessingUnits(0).getOutgoing();
        };
    }
}
