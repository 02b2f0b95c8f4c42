package io.ringfence.identity.quota;

import io.ringfence.protocol.caller.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// `POST /internal/tokenuses`: the gateway takes one use of the caller's token before it lets the
/// request through. 204: go ahead; 417: all are used up. Nobody outside reaches this path.
@Path("/internal/tokenuses")
@Consumes(MediaType.WILDCARD)
public class TokenUseEndpoint {
    private final TokenUses uses;
    private final CurrentCaller current;

    TokenUseEndpoint(TokenUses uses, CurrentCaller current) {
        this.uses = uses;
        this.current = current;
    }

    @POST
    public Uni<Response> use() {
        return uses.use(current.get()).map(used -> Response.noContent().build());
    }
}
