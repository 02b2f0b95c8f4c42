package io.ringfence.protocol.error;

import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.caller.Tracking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns whatever went wrong into the error array of `reference/api.md` §0. Only faults explain
/// themselves to the client; a bug is logged under its trace and answered with nothing but that.
@ApplicationScoped
public class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    private final String subject;

    ErrorAnswers(@ConfigProperty(name = "quarkus.application.name") String application) {
        this.subject = application.replace("-service", "");
    }

    @ServerExceptionMapper
    public Response refused(ApiException refusal, HttpServerRequest request) {
        return answer(refusal.faults(), request, trace(request));
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException refusal, HttpServerRequest request) {
        int status = refusal.getResponse().getStatus();
        if (status >= 500) {
            return failed(refusal, request);
        }
        return answer(List.of(fault(status, request)), request, trace(request));
    }

    @ServerExceptionMapper
    public Response failed(Throwable failure, HttpServerRequest request) {
        if (failure instanceof CompletionException
                && failure.getCause() instanceof ApiException e) {
            return refused(e, request);
        }
        String trace = trace(request);
        LOG.errorf(failure, "%s %s failed, trace %s", request.method(), request.path(), trace);
        Fault fault =
                Fault.of(
                        500,
                        "Internal Server Error",
                        "The request failed for a reason that is not its own; the log names it under trace "
                                + trace);
        return answer(List.of(fault), request, trace);
    }

    private static Fault fault(int status, HttpServerRequest request) {
        return switch (status) {
            case 404 -> Fault.notFound("There is nothing at this path");
            case 405 ->
                    Fault.of(
                            405,
                            "Method Not Allowed",
                            "%s is not possible here".formatted(request.method()));
            case 413 -> Fault.of(413, "Request Too Large", "The body is too large");
            case 415 ->
                    Fault.of(
                            415,
                            "Unsupported Media Type",
                            "Send application/json or application/msgpack");
            default ->
                    Fault.of(
                            status,
                            Optional.ofNullable(Response.Status.fromStatusCode(status))
                                    .map(Response.Status::getReasonPhrase)
                                    .orElse("Error"),
                            "The request cannot be answered");
        };
    }

    private Response answer(List<Fault> faults, HttpServerRequest request, String trace) {
        BodyFormat format = BodyFormat.ofAccept(request.headers().getAll("Accept"));
        List<ApiError> errors =
                faults.stream().map(fault -> fault.toError(subject, trace)).toList();
        return Response.status(faults.getFirst().code())
                .type(format.mediaType())
                .entity(format.write(errors))
                .build();
    }

    private static String trace(HttpServerRequest request) {
        return Tracking.requestId(request).orElseGet(() -> UUID.randomUUID().toString());
    }
}
