package io.ringfence.gateway.route;

import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.Authentication;
import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.gateway.authenticate.Authentication.Refused;
import io.ringfence.gateway.authenticate.Authenticator;
import io.ringfence.gateway.authorize.Holding;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/// The step of a request's way that finds out who asks. Whoever it does not know is answered here.
@Singleton
public class Identification {
    private final Authenticator authenticator;
    private final Admission admission;

    Identification(Authenticator authenticator, Admission admission) {
        this.authenticator = authenticator;
        this.admission = admission;
    }

    void of(Exchange exchange, Consumer<Authenticated> known) {
        of(exchange, Optional.empty(), known);
    }

    /// @param token one that came in another way than a header, and then counts alone
    /// @param known what happens next
    public void of(Exchange exchange, Optional<String> token, Consumer<Authenticated> known) {
        Future<Authentication> authentication =
                token.map(authenticator::authenticate)
                        .orElseGet(() -> authenticator.authenticate(exchange.request()));
        authentication
                .onFailure(exchange::fail)
                .onSuccess(found -> {
                    switch (found) {
                        case Refused(String reason) -> exchange.refuse(Fault.unauthorized(reason));
                        case Authenticated caller -> letIn(exchange, caller, known);
                    }
                });
    }

    private void letIn(Exchange exchange, Authenticated caller, Consumer<Authenticated> known) {
        admission
                .holding(caller.caller())
                .onFailure(exchange::fail)
                .onSuccess(holding -> {
                    switch (holding) {
                        case Holding.Live() -> {
                            exchange.calledBy(caller.caller().subject());
                            known.accept(caller);
                        }
                        case Holding.Ended(String reason) ->
                                exchange.refuse(Fault.unauthorized(reason));
                        case Holding.Unknown() ->
                                exchange.refuse(
                                        Fault.of(
                                                503,
                                                "Service Unavailable",
                                                "The gateway is starting. Try again."));
                    }
                });
    }
}
