package io.ringfence.gateway.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/// The step of a request's way that takes one use from a token that has only so many.
/// identity-service counts them, for all gateways; other tokens cost nothing here.
@Singleton
public class Quotas {
    private static final Logger LOG = Logger.getLogger(Quotas.class);
    private static final String PATH = "/internal/tokenuses";
    private static final int TAKEN = 204;
    private static final int USED_UP = 417;

    private final Upstreams upstreams;

    Quotas(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /// @param then what happens next; not called when the exchange was refused
    public void spend(Exchange exchange, AssertedCaller caller, Runnable then) {
        if (caller.quota() == 0) {
            then.run();
            return;
        }
        Assertion assertion =
                new Assertion("POST", PATH, NamespaceName.ROOT, caller, null, List.of());
        upstreams
                .call(Service.IDENTITY, assertion, BodyFormat.JSON.mediaType(), Buffer.buffer())
                .onFailure(failure -> unavailable(exchange, String.valueOf(failure)))
                .onSuccess(answer -> {
                    switch (answer.status()) {
                        case TAKEN -> then.run();
                        case USED_UP -> exchange.answer(USED_UP, errors(answer.body()));
                        default -> unavailable(exchange, "status " + answer.status());
                    }
                });
    }

    private static JsonNode errors(Buffer body) {
        try {
            return BodyFormat.JSON.read(body.getBytes());
        } catch (ApiException unreadable) {
            return BodyFormat.JSON.read("[]".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    private static void unavailable(Exchange exchange, String why) {
        LOG.debugf("%s: use not counted: %s", exchange.requestId(), why);
        exchange.refuse(
                Fault.of(
                        503,
                        "Service Unavailable",
                        "The token has a quota, and its use could not be counted. Try again."));
    }
}
