package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.declaration.AttributeCheck;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Value;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// Which addresses a processing unit holds (DESIGN §4.1). What an enforcer says is a claim: one
/// holder per address and tenant, the older keeps it until it ends, and then the oldest that was
/// refused gets it. `addresses` are those held, `refusedAddresses` those claimed in vain.
@ApplicationScoped
public class AddressClaims {
    private static final Logger LOG = Logger.getLogger(AddressClaims.class);
    private static final Set<String> ENDED = Set.of("Stopped", "Terminated");
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String HELD = "addresses";
    private static final String REFUSED = "refusedAddresses";

    /// Addresses that can belong to a workload at all.
    public static final AttributeCheck ACCEPTABLE =
            values -> {
                for (JsonNode value : values) {
                    Optional<String> problem = unacceptable(value.textValue());
                    if (problem.isPresent()) {
                        return problem;
                    }
                }
                return Optional.empty();
            };

    private final Set<String> console = new LinkedHashSet<>();

    AddressClaims(AuthoringConfig config) {
        config.consoleAddresses()
                .ifPresent(addresses -> addresses.forEach(each -> console.add(canonical(each))));
    }

    private static Optional<String> unacceptable(String text) {
        // Java also reads the old short forms: 1 would be 0.0.0.1.
        if (!text.contains(":") && !DOTTED_QUAD.matcher(text).matches()) {
            return Optional.of("has '%s', which is not an IP address".formatted(text));
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return Optional.of("has '%s', which is not an IP address".formatted(text));
        }
        boolean refused =
                address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || address.isMulticastAddress()
                        || address.isAnyLocalAddress();
        return refused
                ? Optional.of(
                        "has '%s'; loopback, link-local, multicast and unspecified addresses belong to no one"
                                .formatted(text))
                : Optional.empty();
    }

    private static String canonical(String address) {
        return InetAddress.ofLiteral(address).getHostAddress();
    }

    /// Gives the unit what nobody older holds, and passes on what it gave up.
    Uni<ObjectNode> settle(Change change) {
        ObjectNode unit = change.object();
        Set<String> before = change.stored().map(stored -> list(stored, HELD)).orElse(Set.of());
        Set<String> claimed = claimed(change);
        Set<String> tried = isOver(unit) ? Set.of() : claimed;
        if (tried.equals(before)) {
            return Uni.createFrom().item(with(unit, before, claimed));
        }
        return waitsOn(change, before, tried)
                .chain(waits ->
                        waits
                                ? Uni.createFrom().item(with(unit, before, claimed))
                                : settle(change, before, claimed, tried));
    }

    /// Whether it claims what it did and others still hold all it was refused. Whoever gives that
    /// up passes it on, for which it changes this unit: their turn must not be waited for here.
    private Uni<Boolean> waitsOn(Change change, Set<String> before, Set<String> tried) {
        Set<String> claimedBefore = new LinkedHashSet<>(before);
        change.stored().ifPresent(stored -> claimedBefore.addAll(list(stored, REFUSED)));
        if (change.stored().filter(stored -> !isOver(stored)).isEmpty()
                || !tried.equals(claimedBefore)) {
            return Uni.createFrom().item(false);
        }
        Set<String> wanted = new LinkedHashSet<>(tried);
        wanted.removeAll(before);
        wanted.removeAll(console);
        return holders(change, wanted)
                .map(holders -> {
                    holders.forEach(other -> wanted.removeAll(list(other, HELD)));
                    return wanted.isEmpty();
                });
    }

    private Uni<ObjectNode> settle(
            Change change, Set<String> before, Set<String> claimed, Set<String> tried) {
        ObjectNode unit = change.object();
        return exclusively(change)
                .chain(() -> holders(change, tried))
                .chain(holders -> {
                    Set<String> held = new LinkedHashSet<>(tried);
                    holders.forEach(other -> held.removeAll(list(other, HELD)));
                    held.removeAll(console);
                    with(unit, held, claimed);
                    Set<String> refused = list(unit, REFUSED);
                    if (!isOver(unit) && !refused.isEmpty()) {
                        LOG.warnf(
                                "Processing unit %s in %s does not get %s, which others hold",
                                unit.path("name").asText(), change.namespace(), refused);
                    }
                    Set<String> released = new LinkedHashSet<>(before);
                    released.removeAll(held);
                    return passOn(change, released).replaceWith(unit);
                });
    }

    /// The unit is going: everything it held goes to who waited.
    Uni<Void> release(Change delete) {
        Set<String> held = list(delete.object(), HELD);
        return held.isEmpty()
                ? Uni.createFrom().voidItem()
                : exclusively(delete).chain(() -> passOn(delete, held));
    }

    /// What is claimed: what was sent, or, if that was not touched, what was claimed before.
    private static Set<String> claimed(Change change) {
        Set<String> sent = canonical(list(change.object(), HELD));
        if (change.stored().isEmpty()) {
            return sent;
        }
        Set<String> heldBefore = list(change.stored().get(), HELD);
        Set<String> refusedBefore = list(change.stored().get(), REFUSED);
        if (!sent.equals(heldBefore)) {
            return sent;
        }
        Set<String> all = new LinkedHashSet<>(sent);
        all.addAll(refusedBefore);
        return all;
    }

    private static Set<String> canonical(Set<String> addresses) {
        Set<String> canonical = new LinkedHashSet<>();
        addresses.forEach(each -> canonical.add(canonical(each)));
        return canonical;
    }

    private Uni<Void> exclusively(Change change) {
        return change.transaction().exclusively("addresses of " + tenant(change));
    }

    /// Of where the unit is to live, which is another namespace than it registered in if it is
    /// mapped.
    private static String tenant(Change change) {
        return Partitioning.tenantOf(change.object().path("namespace").asText(change.namespace()));
    }

    private static Uni<List<ObjectNode>> holders(Change change, Set<String> addresses) {
        return having(change, HELD, addresses);
    }

    private static Uni<List<ObjectNode>> having(
            Change change, String attribute, Set<String> addresses) {
        if (addresses.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Value> values = new ArrayList<>();
        addresses.forEach(each -> values.add(new Value.Text(each)));
        String tenant = tenant(change);
        // Objects of the root itself have the root as their only namespace.
        Scope scope = tenant.isEmpty() ? Scope.only("/") : Scope.under("/" + tenant);
        Selection selection =
                Selection.of(scope)
                        .where(new Filter.AnyOf(attribute, List.copyOf(values), false))
                        .orderedBy("createTime");
        String own = change.object().path("ID").asText("");
        return change.transaction()
                .list(change.declaration(), selection)
                .map(units ->
                        units.stream()
                                .filter(unit -> !unit.path("ID").asText().equals(own))
                                .filter(unit -> !isOver(unit))
                                .toList());
    }

    private static Uni<Void> passOn(Change change, Set<String> released) {
        return having(change, REFUSED, released)
                .chain(waiting -> {
                    Set<String> free = new LinkedHashSet<>(released);
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (ObjectNode unit : waiting) {
                        done = done.chain(() -> grant(change, unit, free));
                    }
                    return done;
                });
    }

    /// It may have changed since it was read, though not what it waits for.
    private static Uni<Void> grant(Change change, ObjectNode read, Set<String> free) {
        Set<String> gained = list(read, REFUSED);
        gained.retainAll(free);
        if (gained.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return change.transaction()
                .lock(change.declaration(), read.path("ID").asText())
                .chain(found -> {
                    if (found.filter(unit -> !isOver(unit)).isEmpty()) {
                        return Uni.createFrom().voidItem();
                    }
                    free.removeAll(gained);
                    ObjectNode unit = found.get();
                    Set<String> held = list(unit, HELD);
                    Set<String> claimed = list(unit, REFUSED);
                    claimed.addAll(held);
                    held.addAll(gained);
                    return change.transaction()
                            .update(change.declaration(), with(unit, held, claimed))
                            .replaceWithVoid();
                });
    }

    private static boolean isOver(ObjectNode unit) {
        return ENDED.contains(unit.path("operationalStatus").asText());
    }

    private static Set<String> list(ObjectNode unit, String attribute) {
        Set<String> values = new LinkedHashSet<>();
        unit.path(attribute).forEach(value -> values.add(value.asText()));
        return values;
    }

    private static ObjectNode with(ObjectNode unit, Set<String> held, Set<String> claimed) {
        Set<String> refused = new LinkedHashSet<>(claimed);
        refused.removeAll(held);
        write(unit, HELD, held);
        write(unit, REFUSED, refused);
        return unit;
    }

    private static void write(ObjectNode unit, String attribute, Set<String> values) {
        ArrayNode list = unit.putArray(attribute);
        values.forEach(list::add);
    }
}
