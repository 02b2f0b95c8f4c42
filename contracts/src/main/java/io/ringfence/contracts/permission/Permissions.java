package io.ringfence.contracts.permission;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A set of rights: for each identity, which verbs. Rights on `*` hold for every identity, also for
/// ones that do not exist yet.
public final class Permissions {
    public static final Permissions NONE = new Permissions(Map.of());

    /// No identity is mapped to no verb, or to verbs that `*` has anyway, so equal rights are equal
    /// maps.
    private final Map<String, Set<Verb>> verbs;

    private final List<String> lines;

    private Permissions(Map<String, Set<Verb>> given) {
        Map<String, Set<Verb>> reduced = new TreeMap<>();
        Set<Verb> everywhere = given.getOrDefault(Grant.ANY, Set.of());
        given.forEach((identity, some) -> {
            boolean adds = identity.equals(Grant.ANY) || !everywhere.containsAll(some);
            if (adds && !some.isEmpty()) {
                reduced.put(identity, EnumSet.copyOf(some));
            }
        });
        this.verbs = reduced;
        this.lines = lines(reduced);
    }

    /// Of roles (`@auth:role=…`) and `identity,verb` lines. An unknown role grants nothing.
    public static Permissions of(Collection<String> rolesAndLines) {
        Map<String, Set<Verb>> verbs = new TreeMap<>();
        for (String entry : rolesAndLines) {
            Roles.keyed(entry)
                    .ifPresentOrElse(
                            role -> add(verbs, role.permissions()),
                            () -> Grant.parse(entry).ifPresent(grant -> add(verbs, grant)));
        }
        return new Permissions(verbs);
    }

    static Permissions ofGrants(Iterable<Grant> grants) {
        Map<String, Set<Verb>> verbs = new TreeMap<>();
        grants.forEach(grant -> add(verbs, grant));
        return new Permissions(verbs);
    }

    /// What either allows.
    public Permissions or(Permissions other) {
        if (other.verbs.isEmpty() || this == other) {
            return this;
        }
        if (verbs.isEmpty()) {
            return other;
        }
        Map<String, Set<Verb>> both = new TreeMap<>();
        add(both, this);
        add(both, other);
        return new Permissions(both);
    }

    /// What both allow.
    public Permissions and(Permissions other) {
        Map<String, Set<Verb>> common = new TreeMap<>();
        verbs.keySet().forEach(identity -> common.put(identity, common(other, identity)));
        other.verbs.keySet().forEach(identity -> common.put(identity, common(other, identity)));
        return new Permissions(common);
    }

    private Set<Verb> common(Permissions other, String identity) {
        Set<Verb> shared = on(identity);
        shared.retainAll(other.on(identity));
        return shared;
    }

    public boolean allow(String identity, Verb verb) {
        return verbs.getOrDefault(identity, Set.of()).contains(verb)
                || verbs.getOrDefault(Grant.ANY, Set.of()).contains(verb);
    }

    /// Whether everything the other set allows is allowed here too. Only rights on `*` cover rights
    /// on `*`: a list of today's identities says nothing about tomorrow's.
    public boolean covers(Permissions other) {
        return other.beyond(this).isEmpty();
    }

    /// What is allowed here and not by the other.
    public Permissions beyond(Permissions other) {
        Map<String, Set<Verb>> more = new TreeMap<>();
        verbs.forEach((identity, some) -> {
            Set<Verb> only = EnumSet.copyOf(some);
            only.removeAll(other.on(identity));
            more.put(identity, only);
        });
        return new Permissions(more);
    }

    public boolean isEmpty() {
        return verbs.isEmpty();
    }

    /// Sorted `identity,verb` lines, as a service reads them in the assertion; `identity,*` for all
    /// verbs.
    public List<String> lines() {
        return lines;
    }

    /// Sorted, one grant per identity.
    public List<Grant> grants() {
        return verbs.entrySet().stream()
                .map(each -> new Grant(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions permissions && verbs.equals(permissions.verbs);
    }

    @Override
    public int hashCode() {
        return verbs.hashCode();
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    private Set<Verb> on(String identity) {
        Set<Verb> here = EnumSet.noneOf(Verb.class);
        here.addAll(verbs.getOrDefault(identity, Set.of()));
        here.addAll(verbs.getOrDefault(Grant.ANY, Set.of()));
        return here;
    }

    private static List<String> lines(Map<String, Set<Verb>> verbs) {
        List<String> lines = new ArrayList<>();
        verbs.forEach((identity, some) -> {
            if (some.size() == Verb.values().length) {
                lines.add(identity + "," + Grant.ANY);
            } else {
                some.forEach(verb -> lines.add(identity + "," + verb.word()));
            }
        });
        lines.sort(null);
        return List.copyOf(lines);
    }

    private static void add(Map<String, Set<Verb>> verbs, Grant grant) {
        verbs.computeIfAbsent(grant.identity(), identity -> EnumSet.noneOf(Verb.class))
                .addAll(grant.verbs());
    }

    private static void add(Map<String, Set<Verb>> verbs, Permissions more) {
        more.grants().forEach(grant -> add(verbs, grant));
    }
}
