package io.ringfence.enforcer.dataplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.netlink.NamedCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel's table says about itself. It outlives the enforcer, so an enforcer that starts
/// goes on from here.
///
/// @param tableId random, given when the table was made
/// @param generation of the policy enforced, the last one given; 0 = none yet
/// @param names of the parts: they bear the number of the generation that they were made for, which
///   is an earlier one if small changes have led here
/// @param digest hex, of the policy enforced
/// @param parts what judges. What is next made whole leaves it as it is, for the sake of packets
///   that are being judged just then
/// @param renewedParts maps that the last small change put others in the place of. No packet needs
///   them after the next change
/// @param formerParts what is left of earlier ones. No packet needs it any more; it goes with the
///   next policy that is made whole
/// @param holdsAnswers whether it has the chains of [AnswerHold]
record KernelTable(
        String tableId,
        int generation,
        GenerationNames names,
        String digest,
        List<Part> parts,
        List<Part> renewedParts,
        List<Part> formerParts,
        boolean holdsAnswers) {
    static final String NAME = "inet ringfence";

    /// The chain with the one rule whose comment carries identity, generation and digest.
    static final String APPLIED = "applied";

    /// The chains that every generation uses.
    static final List<String> KEPT_CHAINS =
            List.of("input", "output", "raw_prerouting", "raw_output", APPLIED);

    private static final Pattern COMMENT =
            Pattern.compile("([0-9a-f]{16}) ([0-9]{1,3})(?:/([0-9]{1,3}))? ([0-9a-f]*)");
    private static final ObjectMapper JSON = new ObjectMapper();

    static KernelTable unborn() {
        String random = UUID.randomUUID().toString().replace("-", "");
        return new KernelTable(
                random.substring(0, 16),
                0,
                new GenerationNames(0),
                "",
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /// Reads the table; nothing when there is none.
    static Optional<KernelTable> read() throws DataplaneException {
        Nft.Answer answer = Nft.list("-t", "list", "table", "inet", "ringfence");
        if (!answer.succeeded()) {
            return absent(answer);
        }
        List<Part> parts = new ArrayList<>();
        boolean holdsAnswers = false;
        KernelTable known = unborn();
        for (JsonNode entry : parse(answer.output())) {
            for (Part.Kind kind : Part.Kind.values()) {
                String name = entry.path(kind.word()).path("name").asText();
                if (kind == Part.Kind.CHAIN && AnswerHold.CHAINS.contains(name)) {
                    holdsAnswers = true;
                } else if (!name.isEmpty() && !KEPT_CHAINS.contains(name)) {
                    parts.add(new Part(kind, name));
                }
            }
            JsonNode rule = entry.path("rule");
            if (rule.path("chain").asText().equals(APPLIED)) {
                known = known.describedBy(rule.path("comment").asText());
            }
        }
        return Optional.of(known.holding(parts, holdsAnswers));
    }

    private KernelTable describedBy(String comment) {
        Matcher matcher = COMMENT.matcher(comment);
        if (!matcher.matches()) {
            return this;
        }
        String structure = matcher.group(matcher.group(3) == null ? 2 : 3);
        return new KernelTable(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                new GenerationNames(Integer.parseInt(structure)),
                matcher.group(4),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private KernelTable holding(List<Part> all, boolean answers) {
        return new KernelTable(
                tableId,
                generation,
                names,
                digest,
                all.stream().filter(part -> !names.isOfAnother(part.name())).toList(),
                List.of(),
                all.stream().filter(part -> names.isOfAnother(part.name())).toList(),
                answers);
    }

    /// What comes after it: its parts are former ones then.
    KernelTable successor(String newDigest, boolean willHoldAnswers) {
        int number = Generations.after(generation);
        return new KernelTable(
                tableId,
                number,
                new GenerationNames(number),
                newDigest,
                List.of(),
                List.of(),
                joined(renewedParts, parts),
                willHoldAnswers);
    }

    /// The same parts, which will judge by another policy.
    KernelTable judgingBy(String newDigest) {
        return new KernelTable(
                tableId,
                Generations.after(generation),
                names,
                newDigest,
                parts,
                renewedParts,
                formerParts,
                holdsAnswers);
    }

    /// After one more change: with other maps for these directions' whole addresses.
    KernelTable renewing(Set<Direction> directions) {
        GenerationNames others = names;
        List<Part> kept = new ArrayList<>(parts);
        List<Part> renewed = new ArrayList<>();
        for (Direction direction : directions) {
            List<Part> maps = AddressText.exactMaps(direction, names);
            kept.removeAll(maps);
            renewed.addAll(maps);
            others = others.withMaps(direction, generation);
        }
        return new KernelTable(
                tableId,
                generation,
                others,
                digest,
                List.copyOf(kept),
                List.copyOf(renewed),
                formerParts,
                holdsAnswers);
    }

    /// How many small changes have led here since all of it was made.
    int smallChanges() {
        return Generations.distance(names.structure(), generation);
    }

    KernelTable with(List<Part> more) {
        return new KernelTable(
                tableId,
                generation,
                names,
                digest,
                joined(parts, more),
                renewedParts,
                formerParts,
                holdsAnswers);
    }

    /// The same, but nothing of it may stay.
    KernelTable givenUp() {
        return new KernelTable(
                tableId,
                generation,
                names,
                digest,
                List.of(),
                List.of(),
                joined(formerParts, joined(renewedParts, parts)),
                holdsAnswers);
    }

    private static List<Part> joined(List<Part> some, List<Part> more) {
        List<Part> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /// What the table says of this policy.
    static String digest(PolicySnapshot policy) {
        return HexFormat.of().formatHex(policy.getDigest().toByteArray());
    }

    /// Whether DNS answers have to wait under this policy.
    static boolean holdsAnswers(PolicySnapshot policy) {
        return policy.getNetworksCount() > 0;
    }

    String comment() {
        String numbers =
                names.structure() == generation
                        ? "" + generation
                        : generation + "/" + names.structure();
        return tableId + " " + numbers + " " + digest;
    }

    /// Nothing when there is no table.
    static Optional<Map<Counter, Long>> readCounters() throws DataplaneException {
        Map<String, Long> packets;
        try {
            packets = NamedCounters.packets("ringfence");
        } catch (IOException failed) {
            throw new DataplaneException("the kernel's counters cannot be read", failed);
        }
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            Long counted = packets.get(counter.nftName());
            if (counted != null) {
                counters.put(counter, counted);
            }
        }
        return counters.isEmpty() ? Optional.empty() : Optional.of(counters);
    }

    private static <T> Optional<T> absent(Nft.Answer answer) throws DataplaneException {
        if (answer.output().contains("No such file or directory")) {
            return Optional.empty();
        }
        throw new DataplaneException("nft cannot read table " + NAME + ": " + answer.reason());
    }

    private static JsonNode parse(String output) throws DataplaneException {
        try {
            return JSON.readTree(output).path("nftables");
        } catch (JsonProcessingException unreadable) {
            throw new DataplaneException("nft's answer is not JSON", unreadable);
        }
    }
}
