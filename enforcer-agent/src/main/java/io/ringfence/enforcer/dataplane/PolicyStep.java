package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// From the policy in the kernel to the next, in the kernel's numbers.
///
/// @param policy judges as the next policy does, and names what the kernel logs before and after
/// @param directions each of them
record PolicyStep(PolicySnapshot policy, Map<Direction, DirectionStep> directions) {
    /// @param held with one processing unit, in the kernel's numbers
    /// @param next with one processing unit
    /// @throws DataplaneException if `next` makes no sense
    static PolicyStep between(PolicySnapshot held, PolicySnapshot next) throws DataplaneException {
        List<String> kept = new ArrayList<>();
        int known = next.getTextCount();
        ProcessingUnitPolicy before = held.getProcessingUnits(0);
        ProcessingUnitPolicy unit = next.getProcessingUnits(0);
        Map<Direction, DirectionStep> directions = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            directions.put(
                    direction,
                    DirectionStep.between(
                            direction.of(before),
                            held.getTextList(),
                            direction.of(unit),
                            next.getTextList(),
                            text -> {
                                kept.add(text);
                                return known + kept.size() - 1;
                            }));
        }
        PolicySnapshot.Builder policy = next.toBuilder().addAllText(kept);
        policy.getProcessingUnitsBuilder(0)
                .setIncoming(in(Direction.INCOMING, directions).after())
                .setOutgoing(in(Direction.OUTGOING, directions).after());
        return new PolicyStep(policy.build(), directions);
    }

    private static DirectionStep in(Direction direction, Map<Direction, DirectionStep> directions) {
        return Objects.requireNonNull(directions.get(direction));
    }

    DirectionStep in(Direction direction) {
        return in(direction, directions);
    }

    /// Whether chains and whole addresses are all that is different.
    boolean isSmall() {
        return directions.values().stream().allMatch(DirectionStep::isSmall);
    }

    /// Whether not too much of what the kernel has is unused.
    boolean isTidy() {
        return directions.values().stream().allMatch(DirectionStep::isTidy);
    }

    /// Whether every address is judged as before, by the same chains.
    boolean changesNothing() {
        return directions.values().stream().allMatch(DirectionStep::changesNothing);
    }
}
