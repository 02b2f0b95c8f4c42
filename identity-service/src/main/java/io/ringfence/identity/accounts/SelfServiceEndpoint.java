package io.ringfence.identity.accounts;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/// `/passwordreset` and `/activate`, which in 5.0 went by mail: this console sends none, and says
/// what to do instead.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class SelfServiceEndpoint {
    @GET
    @Path("passwordreset")
    public void resetPassword() {
        throw noMail();
    }

    @POST
    @Path("passwordreset")
    public void requestPassword(byte[] body) {
        throw noMail();
    }

    @GET
    @Path("activate")
    public void activate() {
        throw noMail();
    }

    private static ApiException noMail() {
        return Fault.notFound(
                        "This console sends no mail: an administrator of / sets an account's password and status with PUT /accounts/<id>")
                .asException();
    }
}
