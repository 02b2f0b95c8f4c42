package io.ringfence.gateway.health;

import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// `GET /healthchecks`. With `quiet=true` the code is all.
@ApplicationScoped
public class HealthPage implements OwnPage {
    private static final Set<String> PARAMETERS = Set.of("quiet");
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final Probes probes;

    HealthPage(Probes probes) {
        this.probes = probes;
    }

    @Override
    public String path() {
        return "/healthchecks";
    }

    @Override
    public void answer(Exchange exchange) {
        MultiMap parameters = exchange.request().params();
        String quiet = Optional.ofNullable(parameters.get("quiet")).orElse("false");
        if (!PARAMETERS.containsAll(parameters.names()) || !FLAGS.contains(quiet)) {
            exchange.refuse(
                    Fault.badRequest("/healthchecks has one parameter, quiet: true or false."));
            return;
        }
        Overview overview = probes.overview();
        if (quiet.equals("true")) {
            exchange.answer(overview.code(), "application/json", Buffer.buffer());
        } else {
            exchange.answer(overview.code(), overview.checks());
        }
    }
}
