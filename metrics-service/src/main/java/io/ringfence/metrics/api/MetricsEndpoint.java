package io.ringfence.metrics.api;

import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.metrics.read.MetricsStore;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.caller.CurrentCaller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `/metricsquery` (also `/metrics`) and `/metricsqueryrange`: PromQL with Prometheus' answer
/// (`reference/api.md` §4.3).
@Path("/")
@Consumes(MediaType.WILDCARD)
public class MetricsEndpoint {
    private final MetricsStore store;
    private final CurrentCaller current;
    private final Clock clock = Clock.systemUTC();

    MetricsEndpoint(MetricsStore store, CurrentCaller current) {
        this.store = store;
        this.current = current;
    }

    @GET
    @Path("metricsquery")
    public Response instant(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                headers,
                "/api/v1/query",
                question(uri, headers, null, MetricsQuestion.INSTANT).instant());
    }

    @POST
    @Path("metricsquery")
    public Response instant(
            @Context UriInfo uri, @Context HttpHeaders headers, byte @Nullable [] body) {
        return answer(
                headers,
                "/api/v1/query",
                question(uri, headers, body, MetricsQuestion.INSTANT).instant());
    }

    @GET
    @Path("metrics")
    public Response instantAlias(@Context UriInfo uri, @Context HttpHeaders headers) {
        return instant(uri, headers);
    }

    @POST
    @Path("metrics")
    public Response instantAlias(
            @Context UriInfo uri, @Context HttpHeaders headers, byte @Nullable [] body) {
        return instant(uri, headers, body);
    }

    @GET
    @Path("metricsqueryrange")
    public Response range(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                headers,
                "/api/v1/query_range",
                question(uri, headers, null, MetricsQuestion.RANGE).range());
    }

    @POST
    @Path("metricsqueryrange")
    public Response range(
            @Context UriInfo uri, @Context HttpHeaders headers, byte @Nullable [] body) {
        return answer(
                headers,
                "/api/v1/query_range",
                question(uri, headers, body, MetricsQuestion.RANGE).range());
    }

    private MetricsQuestion question(
            UriInfo uri, HttpHeaders headers, byte @Nullable [] body, Set<String> known) {
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return new MetricsQuestion(
                MetricsQuestion.merged(
                        uri.getQueryParameters(), RequestBody.read(contentType, body), known),
                scope(),
                clock);
    }

    private NamespaceScope scope() {
        return NamespaceScope.under(current.inNamespace().namespace());
    }

    private Response answer(HttpHeaders headers, String path, Map<String, String> question) {
        byte[] answer = store.ask(path, question, scope());
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        return Response.ok(
                        format == BodyFormat.JSON
                                ? answer
                                : format.write(BodyFormat.JSON.read(answer)),
                        format.mediaType())
                .build();
    }
}
