package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// `POST /import` (`reference/api.md` §7).
@Path("import")
@Consumes(MediaType.WILDCARD)
public class ImportEndpoint {
    private final DocumentImporter importer;
    private final ImportableResources importable;
    private final CurrentCaller current;

    ImportEndpoint(
            DocumentImporter importer, ImportableResources importable, CurrentCaller current) {
        this.importer = importer;
        this.importable = importable;
        this.current = current;
    }

    @POST
    public Uni<Response> importDocument(@Context HttpHeaders headers, byte[] body) {
        Caller caller = current.inNamespace();
        ObjectNode sent =
                DocumentFormat.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        ImportDocument document = ImportDocument.read(sent, importable);
        return importer.run(document, caller)
                .map(outcome -> DocumentFormat.answer(headers, outcome.answer(document)));
    }
}
