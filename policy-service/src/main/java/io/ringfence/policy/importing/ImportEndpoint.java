package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
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

/// `POST /import` and `POST /export` (`reference/api.md` §7).
@Path("/")
@Consumes(MediaType.WILDCARD)
public class ImportEndpoint {
    private final DocumentImporter importer;
    private final DocumentExporter exporter;
    private final ImportableResources importable;
    private final CurrentCaller current;

    ImportEndpoint(
            DocumentImporter importer,
            DocumentExporter exporter,
            ImportableResources importable,
            CurrentCaller current) {
        this.importer = importer;
        this.exporter = exporter;
        this.importable = importable;
        this.current = current;
    }

    @POST
    @Path("import")
    public Uni<Response> importDocument(@Context HttpHeaders headers, byte[] body) {
        Caller caller = current.inNamespace();
        ObjectNode sent =
                DocumentFormat.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        ImportDocument document = ImportDocument.read(sent, importable);
        return importer.run(document, caller)
                .map(outcome -> answer(headers, outcome.answer(document)));
    }

    @POST
    @Path("export")
    public Uni<Response> exportDocument(@Context HttpHeaders headers, byte[] body) {
        Caller caller = current.inNamespace();
        ObjectNode sent =
                DocumentFormat.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        return exporter.run(sent, caller).map(document -> answer(headers, document));
    }

    private static Response answer(HttpHeaders headers, ObjectNode object) {
        BodyFormat format = BodyFormat.ofAccept(headers.getRequestHeader(HttpHeaders.ACCEPT));
        return Response.ok(format.write(object), format.mediaType()).build();
    }
}
