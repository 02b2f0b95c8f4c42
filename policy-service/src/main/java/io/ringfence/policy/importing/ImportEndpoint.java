package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentFormat;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.DocumentWork;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.endpoint.MessageHeaders;
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
import java.util.Map;
import java.util.Optional;

/// `POST /import` (`reference/api.md` §7).
@Path("import")
@Consumes(MediaType.WILDCARD)
public class ImportEndpoint {
    private final DocumentImporter importer;
    private final DocumentResources resources;
    private final DocumentWork work;
    private final CurrentCaller current;

    ImportEndpoint(
            DocumentImporter importer,
            DocumentResources resources,
            DocumentWork work,
            CurrentCaller current) {
        this.importer = importer;
        this.resources = resources;
        this.work = work;
        this.current = current;
    }

    @POST
    public Uni<Response> importDocument(
            @Context HttpHeaders headers, @Context UriInfo uri, byte[] body) {
        Caller caller = current.inNamespace();
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        List<String> accept =
                Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT)).orElse(List.of());
        Map<String, List<String>> parameters = Map.copyOf(uri.getQueryParameters());
        return work.away(() ->
                        ImportRequest.read(
                                DocumentFormat.read(contentType, body), parameters, resources))
                .chain(request ->
                        outcome(request, caller)
                                .map(outcome -> response(request, outcome, accept)));
    }

    private Uni<ImportOutcome> outcome(ImportRequest request, Caller caller) {
        return request.isPlan()
                ? importer.plan(request.document(), caller, request.override())
                : importer.run(request.document(), caller, request.override());
    }

    private static Response response(
            ImportRequest request, ImportOutcome outcome, List<String> accept) {
        ObjectNode answer =
                outcome.answer(request.document().label(), request.isRemoval(), request.isPlan());
        DocumentFormat.Written written = DocumentFormat.write(accept, answer);
        return MessageHeaders.on(
                        Response.ok(written.bytes(), written.mediaType()), outcome.messages())
                .build();
    }
}
