package io.ringfence.protocol.caller;

import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertionCheck;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// The door of a service: without an assertion of the gateway's for exactly this request, nothing
/// gets further (401). Health and metrics are on the management port and do not come by here.
@ApplicationScoped
public class AssertionFilter {
    private static final Logger LOG = Logger.getLogger(AssertionFilter.class);

    private final RequestAssertions assertions;
    private final CurrentCaller current;

    AssertionFilter(RequestAssertions assertions, CurrentCaller current) {
        this.assertions = assertions;
        this.current = current;
    }

    /// Runs before the path is matched, so that a stranger cannot tell paths apart.
    @ServerRequestFilter(preMatching = true, priority = 100)
    public void identify(RoutingContext context) {
        HttpServerRequest request = context.request();
        switch (assertions.of(request)) {
            case AssertionCheck.Valid(var valid) ->
                    current.set(Caller.of(valid, Tracking.of(request)));
            case AssertionCheck.Invalid(String reason) -> {
                LOG.infof("Refused %s %s: %s", request.method(), request.path(), reason);
                throw Fault.unauthorized("This service answers the gateway only: " + reason)
                        .asException();
            }
        }
    }
}
