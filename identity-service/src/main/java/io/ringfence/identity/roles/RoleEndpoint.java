package io.ringfence.identity.roles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Roles;
import io.ringfence.identity.wire.Wire;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// `GET /roles`. The same for everybody, in every namespace.
@Path("roles")
public final class RoleEndpoint {
    RoleEndpoint() {}

    @GET
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        Roles.all().forEach(role -> roles.add(shown(role)));
        return Wire.answer(headers, roles).build();
    }

    @HEAD
    public Response count(@Context UriInfo uri) {
        Wire.refuseParametersOtherThan(uri);
        return Response.noContent().header(Header.COUNT_TOTAL, Roles.all().size()).build();
    }

    private static ObjectNode shown(Role role) {
        ObjectNode shown =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("key", role.key())
                        .put("name", role.name())
                        .put("description", role.description())
                        .put("private", role.isPrivate());
        ObjectNode authorizations = shown.putObject("authorizations");
        role.permissions()
                .grants()
                .forEach(grant -> {
                    ArrayNode verbs = authorizations.putArray(grant.identity());
                    grant.verbs().forEach(verb -> verbs.add(verb.word()));
                });
        return shown;
    }
}
