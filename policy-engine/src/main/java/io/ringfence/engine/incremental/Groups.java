package io.ringfence.engine.incremental;

import io.ringfence.contracts.tag.TagExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A tenant's groups, one for each expression in use, and the terms they are made of.
final class Groups {
    /// So few units say little about how rare a term is.
    private static final int FEW_UNITS = 64;

    private final Vocabulary vocabulary = new Vocabulary();
    private final Map<TagExpression, Group> groups = new HashMap<>();
    private final List<@Nullable Group> byId = new ArrayList<>();
    private final Numbers ids = new Numbers();
    private final List<Group> fresh = new ArrayList<>();
    private final List<Group> unused = new ArrayList<>();
    private int unitsWhenFiled;

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Group at(int id) {
        return Objects.requireNonNull(byId.get(id));
    }

    Group of(TagExpression expression) {
        return Objects.requireNonNull(groups.get(expression));
    }

    /// The expression's group, for one more rule or subject.
    Group use(TagExpression expression) {
        Group group = groups.computeIfAbsent(expression, this::add);
        group.uses++;
        return group;
    }

    /// It stays until [#tidy], so that a ruleset can be replaced for nothing.
    void release(Group group) {
        if (--group.uses == 0) {
            unused.add(group);
        }
    }

    private Group add(TagExpression expression) {
        int id = ids.give();
        if (id == byId.size()) {
            byId.add(null);
        }
        Group group = new Group(id, expression);
        byId.set(id, group);
        for (List<String> clause : expression.clauses()) {
            if (!clause.isEmpty()) {
                int[] terms = clause.stream().mapToInt(term -> vocabulary.use(term).id).toArray();
                group.add(SortedInts.of(terms, terms.length));
            }
        }
        fresh.add(group);
        return group;
    }

    /// The groups that are new. They are to be selected for once [#file] has been called.
    List<Group> takeFresh() {
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<Group> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    /// Where units find the clauses of these groups.
    void file(List<Group> some) {
        for (Group group : some) {
            group.clauses.forEach(clause -> clause.file(vocabulary));
        }
    }

    /// Forgets what is not used, and looks again which terms are rare when there are many more
    /// units than there were.
    void tidy(Slots units) {
        for (Group group : unused) {
            if (group.uses == 0 && byId.get(group.id) == group) {
                forget(group, units);
            }
        }
        unused.clear();
        if (vocabulary.isMostlyUnused()) {
            vocabulary.forgetUnused();
            units.forEach(vocabulary::tell);
        }
        if (units.count() > Math.max(FEW_UNITS, 2 * unitsWhenFiled)) {
            unitsWhenFiled = units.count();
            file(List.copyOf(groups.values()));
        }
    }

    private void forget(Group group, Slots units) {
        groups.remove(group.expression);
        byId.set(group.id, null);
        ids.takeBack(group.id);
        group.members.forEach((int slot) -> {
            Unit member = units.at(slot);
            member.groups = SortedInts.without(member.groups, group.id);
        });
        for (Clause clause : group.clauses) {
            clause.unfile();
            IntStream.of(clause.terms).mapToObj(vocabulary::term).forEach(vocabulary::release);
        }
    }
}
