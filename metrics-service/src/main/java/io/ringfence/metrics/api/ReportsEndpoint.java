package io.ringfence.metrics.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.engine.explain.Readable;
import io.ringfence.metrics.explain.Deadline;
import io.ringfence.metrics.explain.FlowExplainer;
import io.ringfence.metrics.inventory.KnownWorld;
import io.ringfence.metrics.inventory.ObjectNames;
import io.ringfence.metrics.read.FlowReader;
import io.ringfence.metrics.report.FlowReports;
import io.ringfence.metrics.report.ReportRequest;
import io.ringfence.metrics.report.ReportsQuery;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.endpoint.MessageHeaders;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/reportsqueries` (also `/reportsquery`): what was seen, filtered, ordered and in pages.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class ReportsEndpoint {
    private final FlowReader reader;
    private final ObjectNames names;
    private final KnownWorld world;
    private final CurrentCaller current;
    private final Clock clock = Clock.systemUTC();

    ReportsEndpoint(FlowReader reader, ObjectNames names, KnownWorld world, CurrentCaller current) {
        this.reader = reader;
        this.names = names;
        this.world = world;
        this.current = current;
    }

    @POST
    @Path("reportsqueries")
    public Response query(
            @Context UriInfo uri, @Context HttpHeaders headers, byte @Nullable [] body) {
        Caller caller = current.inNamespace();
        ReportsQuery.check(
                RequestBody.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body));
        ReportRequest request =
                ReportRequest.of(uri.getQueryParameters(), caller.namespace(), clock);
        FlowReports.Chosen chosen =
                FlowReports.choose(
                        reader.flows(request.scope(), request.window(), request.bothSides()),
                        names::of,
                        request.selection());
        List<String> messages = new ArrayList<>();
        incompleteness(reader.lost(request.scope(), request.window())).ifPresent(messages::add);
        if (request.explain()) {
            explain(chosen.reports(), caller).ifPresent(messages::add);
        }
        Response.ResponseBuilder response = answer(headers, ReportsQuery.answer(chosen.reports()));
        response.header(Header.COUNT_TOTAL, chosen.total());
        return MessageHeaders.on(response, messages).build();
    }

    private Optional<String> explain(List<ObjectNode> reports, Caller caller) {
        Readable readable =
                new Readable(caller.namespace(), caller.may("get", "networkrulesetpolicy"));
        int left =
                world.newest()
                        .map(newest ->
                                new FlowExplainer(
                                                newest.at(clock.instant()),
                                                readable,
                                                Deadline.fromNow())
                                        .explain(reports))
                        .orElse(0);
        return left == 0
                ? Optional.empty()
                : Optional.of(
                        "%d rejected flows are left unexplained; ask for smaller pages."
                                .formatted(left));
    }

    @POST
    @Path("reportsquery")
    public Response queryAlias(
            @Context UriInfo uri, @Context HttpHeaders headers, byte @Nullable [] body) {
        return query(uri, headers, body);
    }

    /// A report that lacks something says so.
    private static Optional<String> incompleteness(Map<String, Long> lost) {
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        long total = lost.values().stream().mapToLong(Long::longValue).sum();
        return Optional.of(
                lost.entrySet().stream()
                        .map(reason -> "%s %d".formatted(reason.getKey(), reason.getValue()))
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "Enforcers lost %d flows of this time, which the report lacks ("
                                                .formatted(total),
                                        ").")));
    }

    private static Response.ResponseBuilder answer(HttpHeaders headers, ObjectNode body) {
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        return Response.ok(format.write(body), format.mediaType());
    }
}
