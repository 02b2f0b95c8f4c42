package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Single attributes of the namespace a request is made in, set by a `POST` (`reference/api.md`
/// §1).
@Path("/")
@Consumes(MediaType.WILDCARD)
public final class NamespaceSettingEndpoints {
    private final NamespaceSettings settings;
    private final CurrentCaller current;

    NamespaceSettingEndpoints(NamespaceSettings settings, CurrentCaller current) {
        this.settings = settings;
        this.current = current;
    }

    @POST
    @Path("tagprefixes")
    public Uni<Response> tagPrefixes(
            @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        return set(uri, headers, body, "prefixes", NamespaceResource.TAG_PREFIXES);
    }

    @POST
    @Path("defaultenforcerversion")
    public Uni<Response> enforcerVersion(
            @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        return set(
                uri, headers, body, "defaultVersion", NamespaceResource.DEFAULT_ENFORCER_VERSION);
    }

    private Uni<Response> set(
            UriInfo uri, HttpHeaders headers, byte[] body, String sent, String attribute) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.inNamespace();
        JsonNode value = Wire.object(headers, body).path(sent);
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.set(attribute, value.isMissingNode() ? changes.nullNode() : value);
        return settings.change(caller, changes)
                .map(stored -> {
                    ObjectNode answer = JsonNodeFactory.instance.objectNode();
                    answer.set(sent, stored.path(attribute));
                    return Wire.answer(headers, answer).build();
                });
    }
}
