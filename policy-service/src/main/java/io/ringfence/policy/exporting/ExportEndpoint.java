package io.ringfence.policy.exporting;

import io.ringfence.policy.document.DocumentFormat;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.DocumentWork;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /export` (`reference/api.md` §7).
@Path("export")
@Consumes(MediaType.WILDCARD)
public class ExportEndpoint {
    private final DocumentExporter exporter;
    private final DocumentResources resources;
    private final DocumentWork work;
    private final CurrentCaller current;

    ExportEndpoint(
            DocumentExporter exporter,
            DocumentResources resources,
            DocumentWork work,
            CurrentCaller current) {
        this.exporter = exporter;
        this.resources = resources;
        this.work = work;
        this.current = current;
    }

    @POST
    public Uni<Response> exportDocument(
            @Context HttpHeaders headers, @Context UriInfo uri, byte[] body) {
        Caller caller = current.inNamespace();
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        List<String> accept =
                Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT)).orElse(List.of());
        Map<String, List<String>> parameters = Map.copyOf(uri.getQueryParameters());
        return work.away(() ->
                        ExportRequest.read(
                                DocumentFormat.read(contentType, body),
                                parameters,
                                caller,
                                resources))
                .chain(request -> answer(request, caller.namespace(), accept));
    }

    private Uni<Response> answer(ExportRequest request, String namespace, List<String> accept) {
        boolean isOne = request.namespaces().isEmpty();
        return exporter.run(request, isOne ? List.of(namespace) : request.namespaces())
                .chain(documents ->
                        work.away(() ->
                                isOne
                                        ? DocumentFormat.write(accept, documents.getFirst())
                                        : DocumentFormat.writeAll(accept, documents)))
                .map(written -> Response.ok(written.bytes(), written.mediaType()).build());
    }
}
