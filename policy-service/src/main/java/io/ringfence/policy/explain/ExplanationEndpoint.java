package io.ringfence.policy.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.engine.World;
import io.ringfence.engine.explain.Explainer;
import io.ringfence.engine.explain.Explanation;
import io.ringfence.engine.explain.Readable;
import io.ringfence.policy.world.LiveWorld;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `POST /explanations`.
@Path("explanations")
@Consumes(MediaType.WILDCARD)
public class ExplanationEndpoint {
    private final LiveWorld live;
    private final CurrentCaller current;

    ExplanationEndpoint(LiveWorld live, CurrentCaller current) {
        this.live = live;
        this.current = current;
    }

    @POST
    public Response explain(@Context HttpHeaders headers, byte[] body) {
        Caller caller = current.inNamespace();
        World world = live.newest().orElseThrow(ExplanationEndpoint::notYet).at(Instant.now());
        Readable readable =
                new Readable(caller.namespace(), caller.may("get", "networkrulesetpolicy"));
        ObjectNode sent =
                BodyFormat.ofContentType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                        .readObject(body);
        Explanation explanation =
                new Explainer(world, caller.namespace(), readable::ruleset)
                        .explain(new ExplanationRequest(sent, world, readable).question());
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        return Response.ok(
                        format.write(ExplanationAnswer.of(sent, explanation)), format.mediaType())
                .build();
    }

    private static RuntimeException notYet() {
        return Fault.of(
                        503,
                        "Service Unavailable",
                        "Policy is still being read; ask again in a moment")
                .asException();
    }
}
