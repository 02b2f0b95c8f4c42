package io.ringfence.engine;

import io.ringfence.contracts.tag.TagExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Takes things out of a world as long as something stays true of it, until nothing more can go.
final class WorldShrinker {
    private WorldShrinker() {}

    static World smallest(World world, Predicate<World> stillFails) {
        World smallest = world;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (World candidate : smallerOnes(smallest)) {
                if (stillFails.test(candidate)) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<World> smallerOnes(World world) {
        List<World> worlds = new ArrayList<>();
        without(world.namespaces())
                .forEach(left ->
                        worlds.add(
                                new World(
                                        left,
                                        world.processingUnits(),
                                        world.rulesets(),
                                        world.externalNetworks())));
        changed(world.processingUnits(), WorldShrinker::smallerUnits)
                .forEach(left ->
                        worlds.add(
                                new World(
                                        world.namespaces(),
                                        left,
                                        world.rulesets(),
                                        world.externalNetworks())));
        changed(world.rulesets(), WorldShrinker::smallerRulesets)
                .forEach(left ->
                        worlds.add(
                                new World(
                                        world.namespaces(),
                                        world.processingUnits(),
                                        left,
                                        world.externalNetworks())));
        changed(world.externalNetworks(), WorldShrinker::smallerNetworks)
                .forEach(left ->
                        worlds.add(
                                new World(
                                        world.namespaces(),
                                        world.processingUnits(),
                                        world.rulesets(),
                                        left)));
        return worlds;
    }

    private static <V> List<Map<String, V>> without(Map<String, V> objects) {
        return changed(objects, _ -> List.of());
    }

    /// Without one of the objects, or with one of them made smaller.
    private static <V> List<Map<String, V>> changed(
            Map<String, V> objects, Function<V, List<V>> smaller) {
        List<Map<String, V>> all = new ArrayList<>();
        for (Map.Entry<String, V> object : objects.entrySet()) {
            Map<String, V> left = new HashMap<>(objects);
            left.remove(object.getKey());
            all.add(left);
        }
        for (Map.Entry<String, V> object : objects.entrySet()) {
            for (V less : smaller.apply(object.getValue())) {
                Map<String, V> changed = new HashMap<>(objects);
                changed.put(object.getKey(), less);
                all.add(changed);
            }
        }
        return all;
    }

    private static List<ProcessingUnit> smallerUnits(ProcessingUnit unit) {
        List<ProcessingUnit> smaller = new ArrayList<>();
        for (String tag : unit.tags()) {
            Set<String> tags = new HashSet<>(unit.tags());
            tags.remove(tag);
            smaller.add(unit.withTags(tags));
        }
        if (!unit.targets().equals(TargetNetworks.EVERYWHERE)) {
            smaller.add(unit.withTargets(TargetNetworks.EVERYWHERE));
        }
        return smaller;
    }

    private static List<ExternalNetwork> smallerNetworks(ExternalNetwork network) {
        return without(network.entries()).stream()
                .map(entries ->
                        new ExternalNetwork(
                                network.id(),
                                network.name(),
                                network.namespace(),
                                network.propagate(),
                                network.tags(),
                                entries))
                .toList();
    }

    private static List<Ruleset> smallerRulesets(Ruleset ruleset) {
        List<Ruleset> smaller = new ArrayList<>();
        for (List<Rule> incoming : smallerRules(ruleset.incoming())) {
            smaller.add(WorldText.withRules(ruleset, incoming, ruleset.outgoing()));
        }
        for (List<Rule> outgoing : smallerRules(ruleset.outgoing())) {
            smaller.add(WorldText.withRules(ruleset, ruleset.incoming(), outgoing));
        }
        return smaller;
    }

    private static List<List<Rule>> smallerRules(List<Rule> rules) {
        List<List<Rule>> smaller = without(rules);
        for (int index = 0; index < rules.size(); index++) {
            Rule rule = rules.get(index);
            for (List<List<String>> clauses : without(rule.object().clauses())) {
                List<Rule> changed = new ArrayList<>(rules);
                changed.set(
                        index,
                        new Rule(
                                rule.name(),
                                rule.action(),
                                new TagExpression(clauses),
                                rule.ports(),
                                rule.observation(),
                                rule.logsDisabled()));
                smaller.add(changed);
            }
        }
        return smaller;
    }

    private static <V> List<List<V>> without(List<V> values) {
        List<List<V>> all = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            List<V> left = new ArrayList<>(values);
            left.remove(index);
            all.add(left);
        }
        return all;
    }
}
