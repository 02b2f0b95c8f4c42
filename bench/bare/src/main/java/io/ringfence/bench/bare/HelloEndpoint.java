package io.ringfence.bench.bare;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// `/hello`, on the event loop.
@Path("/hello")
@Produces(MediaType.TEXT_PLAIN)
@Consumes(MediaType.WILDCARD)
@NonBlocking
public class HelloEndpoint {

    @GET
    public String hello() {
        return "hello";
    }

    @POST
    public String hello(byte[] body) {
        return "hello";
    }
}
