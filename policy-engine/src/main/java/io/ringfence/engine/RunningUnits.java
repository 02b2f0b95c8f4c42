package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.tag.TagExpression;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Indexed by tag. Units are indexes in order of id.
final class RunningUnits implements TenantUnits {
    private final List<ProcessingUnit> units;
    private final NavigableMap<Prefix, ProcessingUnit> owners = new TreeMap<>();
    private final NavigableMap<String, BitSet> withTag = new TreeMap<>();
    private final Map<TagExpression, List<ProcessingUnit>> matching = new HashMap<>();

    RunningUnits(Collection<ProcessingUnit> running) {
        units = running.stream().sorted(Comparator.comparing(ProcessingUnit::id)).toList();
        for (int index = 0; index < units.size(); index++) {
            for (InetAddress address : units.get(index).addresses()) {
                owners.putIfAbsent(Prefix.of(address), units.get(index));
            }
            for (String tag : units.get(index).tags()) {
                withTag.computeIfAbsent(tag, _ -> new BitSet()).set(index);
            }
        }
    }

    @Override
    public @Nullable ProcessingUnit owner(Prefix address) {
        return owners.get(address);
    }

    @Override
    public void forEachOwned(BiConsumer<Prefix, ProcessingUnit> visitor) {
        owners.forEach(visitor);
    }

    @Override
    public void forEachMatching(TagExpression expression, Consumer<ProcessingUnit> visitor) {
        matching.computeIfAbsent(
                        expression, one -> select(one).stream().mapToObj(units::get).toList())
                .forEach(visitor);
    }

    private BitSet select(TagExpression expression) {
        BitSet selected = new BitSet();
        for (List<String> clause : expression.clauses()) {
            selected.or(all(clause));
        }
        return selected;
    }

    private BitSet all(List<String> clause) {
        BitSet all = new BitSet();
        for (int term = 0; term < clause.size(); term++) {
            BitSet with = with(clause.get(term));
            if (term == 0) {
                all.or(with);
            } else {
                all.and(with);
            }
        }
        return all;
    }

    private BitSet with(String term) {
        if (!TagExpression.isPrefix(term)) {
            return withTag.getOrDefault(term, new BitSet());
        }
        String prefix = TagExpression.prefixOf(term);
        BitSet with = new BitSet();
        for (Map.Entry<String, BitSet> tag : withTag.tailMap(prefix, true).entrySet()) {
            if (!tag.getKey().startsWith(prefix)) {
                break;
            }
            with.or(tag.getValue());
        }
        return with;
    }
}
