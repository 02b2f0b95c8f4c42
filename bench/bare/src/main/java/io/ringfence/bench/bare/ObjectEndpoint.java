package io.ringfence.bench.bare;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;

/// `/object`: JSON of a given size, on the event loop.
@Path("/object")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@NonBlocking
public class ObjectEndpoint {
    private final byte[] object;

    ObjectEndpoint(BareConfig config) {
        String around = "{\"text\":\"\"}";
        String text = "x".repeat(Math.max(0, config.bytes() - around.length()));
        this.object = "{\"text\":\"%s\"}".formatted(text).getBytes(StandardCharsets.US_ASCII);
    }

    @GET
    public byte[] read() {
        return object;
    }

    @POST
    public byte[] create(byte[] body) {
        return object;
    }
}
