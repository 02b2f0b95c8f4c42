package io.ringfence.enforcer.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.enforcer.console.Console;
import java.io.IOException;
import java.util.function.Supplier;

/// Tokens for Kafka from the console, for the enforcer's certificate.
public final class ConsoleTokens implements TokenSource {
    private final Supplier<Console> console;

    public ConsoleTokens(Supplier<Console> console) {
        this.console = console;
    }

    @Override
    public String token() throws IOException, InterruptedException {
        ObjectNode request = Console.object();
        request.put("realm", "Certificate");
        request.put("audience", Claim.KAFKA_AUDIENCE);
        request.put("validity", "5m");
        return console.get().post("/issue", request).orThrow("a token for Kafka").text("token");
    }
}
