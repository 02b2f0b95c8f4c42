package io.ringfence.policy.heartbeat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.policy.refresh.UnitOrders;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;

/// `GET /enforcers/<id>/poke` and `/processingunits/<id>/poke`. A GET that changes something is how
/// 5.0 did it, so permission to read does not suffice: an enforcer pokes for itself and its own,
/// everybody else needs the permission to change the object.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class PokeEndpoint {
    private static final String STATUS = "operationalStatus";
    private static final Set<String> ENFORCER_STATUSES =
            Set.of("Registered", "Connected", "Disconnected", "Initialized");
    private static final Set<String> UNIT_STATUSES =
            Set.of("Initialized", "Paused", "Running", "Stopped", "Terminated");

    private final Resources resources;
    private final ObjectWriter writer;
    private final UnitOrders orders;
    private final Transactions transactions;
    private final CurrentCaller current;
    private final Clock clock;

    PokeEndpoint(
            Resources resources,
            ObjectWriter writer,
            UnitOrders orders,
            Transactions transactions,
            CurrentCaller current,
            Clock clock) {
        this.resources = resources;
        this.writer = writer;
        this.orders = orders;
        this.transactions = transactions;
        this.current = current;
        this.clock = clock;
    }

    @GET
    @Path("enforcers/{id}/poke")
    public Uni<Response> enforcer(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        PokeParameters poke = PokeParameters.read(uri.getQueryParameters(), ENFORCER_STATUSES);
        Caller caller = pokes(WorkloadIdentity.ENFORCER);
        ObjectNode changes = changes(poke);
        changes.put("lastSyncTime", Times.text(clock.instant()));
        poke.text("version").ifPresent(version -> changes.put("currentVersion", version));
        if (poke.flag("sessionClose")) {
            changes.put(STATUS, "Disconnected");
        }
        return answer(
                headers,
                transaction ->
                        store(WorkloadIdentity.ENFORCER, id, changes, caller, transaction)
                                .map(List::of));
    }

    @GET
    @Path("processingunits/{id}/poke")
    public Uni<Response> processingUnit(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        PokeParameters poke = PokeParameters.read(uri.getQueryParameters(), UNIT_STATUSES);
        Caller caller = pokes(WorkloadIdentity.PROCESSING_UNIT);
        ObjectNode changes = changes(poke);
        changes.put(
                "lastLocalTimestamp", poke.text("ts").orElseGet(() -> Times.text(clock.instant())));
        boolean notifies = poke.flag("notify");
        return answer(
                headers,
                transaction ->
                        store(WorkloadIdentity.PROCESSING_UNIT, id, changes, caller, transaction)
                                .chain(poked -> notified(poked, notifies, caller, transaction)));
    }

    private static ObjectNode changes(PokeParameters poke) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        poke.text("status").ifPresent(status -> changes.put(STATUS, status));
        poke.text("enforcementStatus")
                .ifPresent(status -> changes.put("enforcementStatus", status));
        return changes;
    }

    private Caller pokes(String identity) {
        Caller caller = current.inNamespace();
        if (caller.enforcerId().isEmpty() && !caller.may("put", identity)) {
            throw Fault.forbidden("To poke for it is to change the " + identity).asException();
        }
        return caller;
    }

    /// Through the same hooks as every change, so that an enforcer changes only its own.
    private Uni<Outcome> store(
            String identity,
            String id,
            ObjectNode changes,
            Caller caller,
            Transaction transaction) {
        ResourceDeclaration resource = resources.identified(identity).orElseThrow();
        return writer.update(resource, caller, id, changes, true, true, transaction);
    }

    /// Its enforcer hears of it at `/events`.
    private Uni<List<Outcome>> notified(
            Outcome poked, boolean notifies, Caller caller, Transaction transaction) {
        if (!notifies) {
            return Uni.createFrom().item(List.of(poked));
        }
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("refreshPolicy", true);
        return orders.give(poked.stored(), order, caller, transaction)
                .map(given -> List.of(poked, given));
    }

    private Uni<Response> answer(
            HttpHeaders headers, Function<Transaction, Uni<List<Outcome>>> work) {
        return transactions
                .run(work)
                .invoke(outcomes -> outcomes.forEach(writer::committed))
                .map(_ -> Wire.answer(headers, JsonNodeFactory.instance.arrayNode()));
    }
}
