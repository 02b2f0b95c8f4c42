package io.ringfence.engine.stored;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.TargetNetworks;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What the profiles of an enforcer target (`reference/api.md` §2). Its profiles are those that
/// mappings in or propagated to its namespace give it, among the profiles there or propagated
/// there; a mapping that is a fallback counts only without another one.
final class EnforcerTargets {
    private final Map<String, StoredObject.Enforcer> enforcers;
    private final List<StoredObject.Profile> profiles;
    private final Collection<StoredObject.ProfileMapping> mappings;
    private final OrganizationalTags inherited;
    private final Map<String, TargetNetworks> known = new HashMap<>();

    EnforcerTargets(
            Map<String, StoredObject.Enforcer> enforcers,
            Collection<StoredObject.Profile> profiles,
            Collection<StoredObject.ProfileMapping> mappings,
            OrganizationalTags inherited) {
        this.enforcers = enforcers;
        this.profiles =
                profiles.stream()
                        .filter(profile -> !profile.tcp().isEmpty() || !profile.udp().isEmpty())
                        .toList();
        this.mappings = mappings;
        this.inherited = inherited;
    }

    /// Whether some enforcer can know units elsewhere than everywhere.
    boolean differ() {
        return !profiles.isEmpty();
    }

    TargetNetworks of(String enforcerId) {
        StoredObject.Enforcer enforcer = enforcers.get(enforcerId);
        return enforcer == null || profiles.isEmpty()
                ? TargetNetworks.EVERYWHERE
                : known.computeIfAbsent(enforcerId, _ -> of(enforcer));
    }

    private TargetNetworks of(StoredObject.Enforcer enforcer) {
        List<TagExpression> given = given(enforcer);
        List<StoredObject.Profile> own =
                profiles.stream()
                        .filter(it -> reaches(it.namespace(), it.propagate(), enforcer))
                        .filter(it -> matches(given, inherited.with(it.namespace(), it.tags())))
                        .toList();
        return new TargetNetworks(
                lists(own, StoredObject.Profile::tcp), lists(own, StoredObject.Profile::udp));
    }

    private List<TagExpression> given(StoredObject.Enforcer enforcer) {
        Set<String> tags = inherited.with(enforcer.namespace(), enforcer.tags());
        List<StoredObject.ProfileMapping> applying =
                mappings.stream()
                        .filter(it -> reaches(it.namespace(), it.propagate(), enforcer))
                        .filter(it -> it.subject().matches(tags))
                        .toList();
        boolean others = applying.stream().anyMatch(mapping -> !mapping.fallback());
        return applying.stream()
                .filter(mapping -> !others || !mapping.fallback())
                .map(StoredObject.ProfileMapping::object)
                .toList();
    }

    private static List<List<NetworkEntry>> lists(
            List<StoredObject.Profile> profiles,
            Function<StoredObject.Profile, List<NetworkEntry>> networks) {
        return profiles.stream().map(networks).filter(list -> !list.isEmpty()).toList();
    }

    private static boolean matches(List<TagExpression> given, Set<String> tags) {
        return given.stream().anyMatch(object -> object.matches(tags));
    }

    private static boolean reaches(String home, boolean propagate, StoredObject.Enforcer enforcer) {
        return Namespaces.reaches(home, propagate, enforcer.namespace());
    }
}
