package io.ringfence.protocol.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.relation.Relations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// This service's part of the document, for the gateway; the path is not reachable from outside.
@Path("/internal/openapi")
public final class OpenApiEndpoint {
    private final Resources resources;
    private final Relations relations;
    private final List<OperationDeclaration> operations;

    OpenApiEndpoint(
            Resources resources, Relations relations, @All List<OperationDeclaration> operations) {
        this.resources = resources;
        this.relations = relations;
        this.operations = operations;
    }

    @GET
    public Response part() {
        ObjectNode part = OpenApiDocument.of(resources.all(), relations.all(), operations);
        return Response.ok(BodyFormat.JSON.write(part), MediaType.APPLICATION_JSON).build();
    }
}
