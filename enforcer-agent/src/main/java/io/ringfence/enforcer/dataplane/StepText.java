package io.ringfence.enforcer.dataplane;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Writes the transactions that make a small change.
///
/// New classes need chains that are there before any element leads to them, because a packet that
/// is being judged would find them empty. So either they come first, in a transaction of their own,
/// or the elements that lead to them are in maps of their own, to which only new packets come. The
/// first takes the time in which packets are judged, the second costs every address.
final class StepText {
    /// So many addresses cost less than the wait.
    static final int MOST_RENEWED = 1_000;

    private final PolicyStep step;
    private final Set<Direction> renewed;

    private StepText(PolicyStep step, Predicate<DirectionStep> renewed) {
        this.step = step;
        this.renewed = EnumSet.noneOf(Direction.class);
        for (Direction direction : Direction.values()) {
            if (renewed.test(step.in(direction))) {
                this.renewed.add(direction);
            }
        }
    }

    /// To another policy.
    static StepText judging(PolicyStep step) {
        return new StepText(
                step,
                direction ->
                        direction.addsChains()
                                && direction.after().getAddressesCount() <= MOST_RENEWED);
    }

    /// To another form of the same policy.
    static StepText adjusting(PolicyStep step) {
        return new StepText(step, _ -> false);
    }

    /// What has to be there before [#change]. Often empty.
    RulesetText chains(KernelTable current) throws DataplaneException {
        RulesetText ruleset = new RulesetText(current);
        for (Direction direction : Direction.values()) {
            if (!renewed.contains(direction)) {
                chains(direction, ruleset);
            }
        }
        ruleset.finishAdditions();
        return ruleset;
    }

    private void chains(Direction direction, RulesetText ruleset) throws DataplaneException {
        DirectionStep change = step.in(direction);
        new DirectionText(direction, change.after(), ruleset.names())
                .renderBeyond(change.before(), ruleset);
    }

    /// @param current what the kernel holds, [#chains] included
    /// @param judging the same, with the generation that it is to be
    RulesetText change(KernelTable current, KernelTable judging) throws DataplaneException {
        boolean isJudgedAnew = judging.generation() != current.generation();
        if (step.changesNothing() && !isJudgedAnew) {
            return new RulesetText(current);
        }
        RulesetText ruleset = new RulesetText(judging.renewing(renewed));
        for (Direction direction : renewed) {
            chains(direction, ruleset);
        }
        ruleset.finishAdditions();
        ruleset.retire(current.renewedParts());
        for (Direction direction : Direction.values()) {
            if (renewed.contains(direction)) {
                renew(direction, ruleset);
            } else {
                move(direction, ruleset);
            }
        }
        if (isJudgedAnew) {
            new JudgementText(judging.generation(), judging.names()).replace(ruleset);
            ruleset.replace(KernelTable.APPLIED, List.of(RulesetText.applied(judging)));
        }
        return ruleset;
    }

    private void renew(Direction direction, RulesetText ruleset) throws DataplaneException {
        DirectionStep change = step.in(direction);
        AddressText addresses = new AddressText(direction, change.after(), ruleset.names());
        AddressText.frameExact(direction, ruleset);
        addresses.render(
                change.after().getAddressesList().stream().filter(AddressText::isWhole).toList(),
                ruleset);
        new DirectionText(direction, change.after(), ruleset.names()).replaceJudges(ruleset);
    }

    private void move(Direction direction, RulesetText ruleset) throws DataplaneException {
        DirectionStep change = step.in(direction);
        AddressText text = new AddressText(direction, change.after(), ruleset.names());
        text.renderWithout(change.gone(), ruleset);
        text.render(change.come(), ruleset);
    }
}
