package io.ringfence.gateway.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import jakarta.enterprise.context.ApplicationScoped;

/// `GET /healthchecks`. With `quiet=true` the code is all.
@ApplicationScoped
public class HealthPage implements OwnPage {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        Overview overview = probes.overview();
        boolean quiet = "true".equals(exchange.request().getParam("quiet"));
        exchange.answer(overview.code(), "application/json", quiet ? "" : json(overview));
    }

    private static String json(Overview overview) {
        try {
            return JSON.writeValueAsString(overview.checks());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a check that cannot be written", e);
        }
    }
}
