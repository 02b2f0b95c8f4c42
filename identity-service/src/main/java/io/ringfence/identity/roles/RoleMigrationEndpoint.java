package io.ringfence.identity.roles;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.permission.Role;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/// `POST /rolemigrations`, ours: `{"from": "@auth:role=namespace.editor"}` replaces a deprecated
/// role by its successor in the namespace and all below it, in one transaction; with `"dryRun":
/// true` it only says what it would do.
@Path("rolemigrations")
@Consumes(MediaType.WILDCARD)
public final class RoleMigrationEndpoint {
    private static final String OVERRIDE = "override";
    private static final List<String> MIGRATED =
            List.of("apiauthorizationpolicy,put", "appcredential,put");

    private final RoleMigration migration;
    private final Transactions transactions;
    private final CurrentCaller current;

    RoleMigrationEndpoint(
            RoleMigration migration, Transactions transactions, CurrentCaller current) {
        this.migration = migration;
        this.transactions = transactions;
        this.current = current;
    }

    @POST
    public Uni<Response> migrate(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri, OVERRIDE);
        Caller caller = current.inNamespace();
        ObjectNode request = Wire.object(headers, body);
        Role from = deprecated(request.path("from").asText(""));
        String to = from.successor().orElseThrow();
        Grantable.require(caller, "from", List.of(to));
        Grantable.require(caller, "from", MIGRATED);
        RoleMigration.Order order =
                new RoleMigration.Order(
                        from.key(),
                        to,
                        caller.namespace(),
                        "true".equals(uri.getQueryParameters().getFirst(OVERRIDE)),
                        request.path("dryRun").asBoolean());
        return transactions
                .run(transaction ->
                        migration.carryOut(order, transaction.signed(Signature.of(caller))))
                .map(report -> Wire.answer(headers, report).build());
    }

    private static Role deprecated(String key) {
        try {
            return Deprecation.deprecated(key);
        } catch (IllegalArgumentException e) {
            throw Fault.invalid("from", "Attribute 'from': " + e.getMessage()).asException();
        }
    }
}
