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

/// `POST /export` (`reference/api.md` §7).
@Path("export")
@Consumes(MediaType.WILDCARD)
public class ExportEndpoint {
    private final DocumentExporter exporter;
    private final CurrentCaller current;

    ExportEndpoint(DocumentExporter exporter, CurrentCaller current) {
        this.exporter = exporter;
        this.current = current;
    }

    @POST
    public Uni<Response> exportDocument(@Context HttpHeaders headers, byte[] body) {
        Caller caller = current.inNamespace();
        ObjectNode sent =
                DocumentFormat.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        return exporter.run(sent, caller).map(document -> DocumentFormat.answer(headers, document));
    }
}
