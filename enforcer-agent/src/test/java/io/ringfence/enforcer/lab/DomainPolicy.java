package io.ringfence.enforcer.lab;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.engine.Action;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.PolicyCompiler;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.World;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A world in which the near host may ask the two DNS servers, and nothing else by default.
public final class DomainPolicy {
    /// Whose directory it is read with.
    public static final String TENANT = "acme";

    private final Map<String, ProcessingUnit> units = new TreeMap<>();
    private final Map<String, ExternalNetwork> networks = new TreeMap<>();
    private final List<Rule> rules = new ArrayList<>();

    public static DomainPolicy policy() {
        return new DomainPolicy();
    }

    private DomainPolicy() {
        unit("near", Cable.NEAR + "," + Cable.NEAR6);
        network("dns", Cable.FAR + "," + Cable.OTHER);
        rules.add(
                rule(
                        Action.ALLOW,
                        "dns",
                        List.of(ProtocolPorts.parse("udp/53"), ProtocolPorts.parse("tcp/53"))));
    }

    public DomainPolicy allowing(String... domains) {
        return network("named", String.join(",", domains)).rule(Action.ALLOW, "named");
    }

    public DomainPolicy unit(String name, String addresses) {
        units.put(
                name,
                new ProcessingUnit(
                        name,
                        "/acme/shop",
                        name.equals("near") ? "enforcer" : "",
                        Set.of("unit=" + name),
                        List.of(addresses.split(",")).stream().map(InetAddress::ofLiteral).toList(),
                        true,
                        TargetNetworks.EVERYWHERE));
        return this;
    }

    public DomainPolicy network(String name, String entries) {
        networks.put(
                name,
                new ExternalNetwork(
                        name,
                        name,
                        "/acme/shop",
                        false,
                        Set.of("net=" + name),
                        List.of(entries.split(",")).stream().map(NetworkEntry::parse).toList()));
        return this;
    }

    public DomainPolicy rule(Action action, String network) {
        rules.add(rule(action, network, List.of()));
        return this;
    }

    private static Rule rule(Action action, String network, List<ProtocolPorts> ports) {
        return new Rule(
                network,
                action,
                new TagExpression(List.of(List.of("net=" + network))),
                ports,
                false,
                false);
    }

    /// For the near host's enforcer.
    public CompletePolicy compile() {
        World world = world();
        return new CompletePolicy(
                PolicyCompiler.compile(world, "enforcer"),
                Map.of(TENANT, PolicyCompiler.directory(world, TENANT)));
    }

    private World world() {
        Ruleset ruleset =
                new Ruleset(
                        "ruleset",
                        "ruleset",
                        "/acme/shop",
                        false,
                        false,
                        false,
                        Validity.ALWAYS,
                        new TagExpression(List.of(List.of("unit=near"))),
                        List.of(),
                        rules);
        return new World(Map.of(), units, Map.of("ruleset", ruleset), networks);
    }
}
