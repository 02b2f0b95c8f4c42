package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PortRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// From one direction of the policy in the kernel to the next, in the kernel's numbers: classes and
/// decisions that the kernel has keep theirs, whether or not the next policy uses them, and new
/// ones go behind them.
///
/// @param after judges as the next policy does
/// @param gone whole addresses that are in no class any more, or in another one
/// @param come whole addresses that are new, or in another class
/// @param unused how many classes and decisions the next policy does not use
/// @param isSmall whether nothing else is different
record DirectionStep(
        DirectionPolicy before,
        DirectionPolicy after,
        List<AddressClass> gone,
        List<AddressClass> come,
        int unused,
        boolean isSmall) {
    static final int SLACK = 16;

    /// @param texts of `before`
    /// @param nextTexts of `next`
    /// @param kept gives a text of `before` that is still needed a number among `nextTexts`
    static DirectionStep between(
            DirectionPolicy before,
            List<String> texts,
            DirectionPolicy next,
            List<String> nextTexts,
            ToIntFunction<String> kept)
            throws DataplaneException {
        List<DecisionContent> known = contents(before, texts);
        List<DecisionContent> coming = contents(next, nextTexts);
        int[] decisionNumbers = numbers(known, coming);
        List<PeerClass> classes = new ArrayList<>();
        for (PeerClass peerClass : next.getClassesList()) {
            classes.add(translated(peerClass, decisionNumbers));
        }
        int[] classNumbers = numbers(before.getClassesList(), classes);

        DirectionPolicy.Builder after =
                next.toBuilder()
                        .clearDecisions()
                        .addAllDecisions(
                                inOrder(
                                        decisionNumbers,
                                        next.getDecisionsList(),
                                        known.size(),
                                        left -> known.get(left).numbered(kept)))
                        .clearClasses()
                        .addAllClasses(
                                inOrder(
                                        classNumbers,
                                        classes,
                                        before.getClassesCount(),
                                        before::getClasses));
        Moves moves = Moves.between(before, next, classNumbers);
        return new DirectionStep(
                before,
                after.clearAddresses().addAllAddresses(moves.addresses).build(),
                List.copyOf(moves.gone.values()),
                moves.come,
                unused(classNumbers, after.getClassesCount())
                        + unused(decisionNumbers, after.getDecisionsCount()),
                known.getFirst().equals(coming.getFirst()) && moves.networks.isEmpty());
    }

    private static List<DecisionContent> contents(DirectionPolicy policy, List<String> texts)
            throws DataplaneException {
        if (policy.getDecisionsCount() == 0) {
            throw new DataplaneException("there is no default decision");
        }
        return policy.getDecisionsList().stream()
                .map(decision -> DecisionContent.of(decision, texts))
                .toList();
    }

    /// Number 0 is the default's, whatever says the same.
    private static <T> int[] numbers(List<T> known, List<T> coming) {
        Map<T, Integer> numbers = new HashMap<>();
        for (int number = 1; number < known.size(); number++) {
            numbers.putIfAbsent(known.get(number), number);
        }
        int[] translated = new int[coming.size()];
        int next = Math.max(1, known.size());
        for (int number = 1; number < coming.size(); number++) {
            Integer before = numbers.putIfAbsent(coming.get(number), next);
            translated[number] = before == null ? next++ : before;
        }
        return translated;
    }

    /// What the kernel has, used or not, and what is new.
    private static <T> List<T> inOrder(
            int[] numbers, List<T> coming, int known, IntFunction<T> left) {
        Map<Integer, T> used = new HashMap<>();
        for (int number = 0; number < numbers.length; number++) {
            used.putIfAbsent(numbers[number], coming.get(number));
        }
        List<T> all = new ArrayList<>();
        for (int number = 0; number < known || used.containsKey(number); number++) {
            T content = used.get(number);
            all.add(content == null ? left.apply(number) : content);
        }
        return all;
    }

    private static int unused(int[] numbers, int count) {
        return count - (int) Arrays.stream(numbers).distinct().count();
    }

    private static PeerClass translated(PeerClass peerClass, int[] decisions)
            throws DataplaneException {
        PeerClass.Builder translated = peerClass.toBuilder();
        for (int entry = 0; entry < peerClass.getProgramCount(); entry++) {
            PortRule rule = peerClass.getProgram(entry);
            int number = translated(rule.getDecision(), decisions);
            if (number != rule.getDecision()) {
                translated.setProgram(entry, rule.toBuilder().setDecision(number));
            }
        }
        return translated.build();
    }

    private static int translated(int number, int[] numbers) throws DataplaneException {
        if (number < 0 || (number > 0 && number >= numbers.length)) {
            throw new DataplaneException("there is no class or decision " + number);
        }
        return number == 0 ? 0 : numbers[number];
    }

    boolean addsChains() {
        return after.getClassesCount() > before.getClassesCount()
                || after.getDecisionsCount() > before.getDecisionsCount();
    }

    boolean changesNothing() {
        return !addsChains() && gone.isEmpty() && come.isEmpty();
    }

    /// So many that most of what the kernel has is in use, or that it does not matter.
    boolean isTidy() {
        int used = after.getClassesCount() + after.getDecisionsCount() - unused;
        return unused <= used + SLACK;
    }

    /// @param addresses of the next policy, in the kernel's numbers
    /// @param gone by address
    /// @param networks prefixes that only one of the policies has
    private record Moves(
            List<AddressClass> addresses,
            Map<ByteString, AddressClass> gone,
            List<AddressClass> come,
            Set<AddressClass> networks) {
        static Moves between(DirectionPolicy before, DirectionPolicy next, int[] numbers)
                throws DataplaneException {
            Moves moves =
                    new Moves(
                            new ArrayList<>(next.getAddressesCount()),
                            new HashMap<>(),
                            new ArrayList<>(),
                            new HashSet<>());
            for (AddressClass address : before.getAddressesList()) {
                if (AddressText.isWhole(address)) {
                    moves.gone.put(address.getAddress(), address);
                } else {
                    moves.networks.add(address);
                }
            }
            for (AddressClass address : next.getAddressesList()) {
                moves.add(address, translated(address.getPeerClass(), numbers));
            }
            return moves;
        }

        private void add(AddressClass address, int number) {
            if (!AddressText.isWhole(address)) {
                AddressClass network = in(number, address);
                addresses.add(network);
                if (!networks.remove(network)) {
                    networks.add(network);
                }
                return;
            }
            AddressClass had = gone.get(address.getAddress());
            if (had != null && had.getPeerClass() == number) {
                addresses.add(had);
                gone.remove(address.getAddress());
                return;
            }
            AddressClass moved = in(number, address);
            addresses.add(moved);
            come.add(moved);
        }

        private static AddressClass in(int number, AddressClass address) {
            return address.getPeerClass() == number
                    ? address
                    : address.toBuilder().setPeerClass(number).build();
        }
    }
}
