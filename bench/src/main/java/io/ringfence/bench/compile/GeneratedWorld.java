package io.ringfence.bench.compile;

import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Action;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TrafficAction;
import io.ringfence.engine.incremental.Change;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The world that bench/README.md describes: one tenant of isolated customers and services that
/// they share.
final class GeneratedWorld {
    static final int UNITS_PER_ENFORCER = 10;

    private static final List<String> TIERS = List.of("web", "api", "db");
    private static final int REGIONS = 8;
    private static final int TEAMS = 100;
    private static final int VERSIONS = 1_000;
    private static final int COSTS = 200;
    private static final int NAMESPACES = 50;

    private final Random random;
    private final int customers;
    private final int services;
    private final List<ProcessingUnit> units = new ArrayList<>();
    private final List<Ruleset> rulesets = new ArrayList<>();

    /// Nine in ten rulesets are customers', three for each customer.
    GeneratedWorld(int unitCount, int rulesetCount, long seed) {
        random = new Random(seed);
        customers = rulesetCount * 9 / 10 / 3;
        services = rulesetCount - customers * 3;
        for (int number = 0; number < unitCount; number++) {
            units.add(unit(number));
        }
        for (int customer = 0; customer < customers; customer++) {
            addCustomer(customer);
        }
        for (int service = 0; service < services; service++) {
            addService(service);
        }
    }

    List<ProcessingUnit> units() {
        return units;
    }

    List<Ruleset> rulesets() {
        return rulesets;
    }

    /// Everything, as a compiler that knows nothing takes it.
    List<Change> asChanges() {
        List<Change> changes = new ArrayList<>();
        changes.add(
                new Change.NamespaceIs(
                        new NamespaceState(
                                "/load",
                                TrafficAction.REJECT,
                                TrafficAction.REJECT,
                                List.of("@org:tenant=load"))));
        rulesets.forEach(ruleset -> changes.add(new Change.RulesetIs(ruleset)));
        units.forEach(unit -> changes.add(new Change.UnitIs(unit)));
        return changes;
    }

    /// The unit with another customer, tier, environment, application or team.
    ProcessingUnit retagged(ProcessingUnit unit) {
        String key = List.of("customer", "tier", "env", "app", "team").get(random.nextInt(5));
        Set<String> tags = new HashSet<>(unit.tags());
        String before =
                tags.stream().filter(tag -> tag.startsWith(key + "=")).findFirst().orElseThrow();
        String after = before;
        while (after.equals(before)) {
            after =
                    switch (key) {
                        case "customer" -> customer();
                        case "tier" -> tier();
                        case "env" -> environment();
                        case "app" -> application();
                        default -> team();
                    };
        }
        tags.remove(before);
        tags.add(after);
        return unit.withTags(tags);
    }

    private ProcessingUnit unit(int number) {
        String namespace = "/load/g%02d".formatted(number % NAMESPACES);
        String id = "%024x".formatted(number);
        return new ProcessingUnit(
                id,
                namespace,
                "e%06d".formatted(number / UNITS_PER_ENFORCER),
                Set.of(
                        "$identity=processingunit",
                        "$id=" + id,
                        "$name=pod-" + number,
                        "$namespace=" + namespace,
                        "$type=Docker",
                        "@org:tenant=load",
                        customer(),
                        tier(),
                        environment(),
                        application(),
                        team(),
                        "region=r" + random.nextInt(REGIONS),
                        "version=v" + random.nextInt(VERSIONS),
                        "cost=c" + random.nextInt(COSTS),
                        "zone=z" + random.nextInt(3 * REGIONS)),
                List.of(
                        InetAddress.ofLiteral(
                                "10.%d.%d.%d"
                                        .formatted(number >> 16, number >> 8 & 255, number & 255))),
                true);
    }

    /// Web talks to api, api to db, each customer for itself.
    private void addCustomer(int number) {
        String own = "customer=c" + number;
        add(
                List.of(own, "tier=web"),
                List.of(),
                List.of(allow(List.of(own, "tier=api"), "tcp/8080")));
        add(
                List.of(own, "tier=api"),
                List.of(allow(List.of(own, "tier=web"), "tcp/8080")),
                List.of(allow(List.of(own, "tier=db"), "tcp/5432")));
        add(
                List.of(own, "tier=db", "env=prod"),
                List.of(allow(List.of(own, "tier=api", "env=prod"), "tcp/5432")),
                List.of());
    }

    /// Half of them serve an environment, half use what an application of that environment serves.
    private void addService(int number) {
        String environment = List.of("env=prod", "env=stage", "env=dev").get(number % 3);
        String serving = "app=a" + number % services;
        if (number % 2 == 0) {
            add(
                    List.of(serving, environment),
                    List.of(allow(List.of(environment), "tcp/443")),
                    List.of());
        } else {
            add(
                    List.of("team=t" + number % TEAMS, environment),
                    List.of(),
                    List.of(allow(List.of("app=a" + (number - 1), environment), "tcp/443")));
        }
    }

    private void add(List<String> subject, List<Rule> incoming, List<Rule> outgoing) {
        String id = "r%023x".formatted(rulesets.size());
        rulesets.add(
                new Ruleset(
                        id,
                        id,
                        "/load",
                        true,
                        false,
                        false,
                        new Validity(Optional.empty(), Optional.empty()),
                        new TagExpression(List.of(subject)),
                        incoming,
                        outgoing));
    }

    private static Rule allow(List<String> object, String ports) {
        return new Rule(
                "",
                Action.ALLOW,
                new TagExpression(List.of(object)),
                List.of(ProtocolPorts.parse(ports)),
                false,
                false);
    }

    private String customer() {
        return "customer=c" + random.nextInt(customers);
    }

    private String tier() {
        return "tier=" + TIERS.get(random.nextInt(TIERS.size()));
    }

    private String environment() {
        int percent = random.nextInt(100);
        return percent < 60 ? "env=prod" : percent < 80 ? "env=stage" : "env=dev";
    }

    private String application() {
        return "app=a" + random.nextInt(services);
    }

    private String team() {
        return "team=t" + random.nextInt(TEAMS);
    }
}
