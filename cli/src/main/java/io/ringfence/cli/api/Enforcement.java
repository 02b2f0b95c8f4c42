package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which enforcers of a namespace enforce what is stored, as the console says.
final class Enforcement {
    /// Exit code: it is stored, and not (yet) true on the wire.
    static final int NOT_ENFORCED = 6;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ApiClient client;
    private final String namespace;

    Enforcement(ApiClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    JsonNode status() {
        return ask("", Duration.ZERO);
    }

    /// Waits until nothing more is expected of any enforcer, or the time is over.
    ///
    /// @param revision empty: what is stored now
    JsonNode await(String revision, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        JsonNode answer = ask(revision, shorter(atMost));
        while (!isSettled(answer) && System.nanoTime() < end) {
            pause();
            answer =
                    ask(
                            answer.path("revision").asText(),
                            shorter(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        }
        return answer;
    }

    static boolean isEnforced(JsonNode answer) {
        return answer.path("status").asText().equals("Enforced");
    }

    /// Says in one sentence, and a line for each enforcer, what is lacking.
    static UserError lacking(JsonNode answer, Duration waited) {
        StringBuilder text =
                new StringBuilder(
                        isSettled(answer)
                                ? "It is stored, but not everywhere enforced: "
                                : "It is stored, but not enforced after "
                                        + Durations.text(waited)
                                        + ": ");
        text.append(answer.path("text").asText());
        for (JsonNode enforcer : answer.path("unsettled")) {
            text.append("\n           ").append(line(enforcer));
        }
        return new UserError(NOT_ENFORCED, text.toString());
    }

    private static String line(JsonNode enforcer) {
        String name = enforcer.path("name").asText();
        String error = enforcer.path("error").asText();
        return (name.isEmpty()
                        ? enforcer.path("ID").asText()
                        : name + " in " + enforcer.path("namespace").asText())
                + ": "
                + enforcer.path("status").asText()
                + (error.isEmpty() ? "" : ": " + error);
    }

    private static boolean isSettled(JsonNode answer) {
        return isEnforced(answer) || answer.path("status").asText().equals("Refused");
    }

    private JsonNode ask(String revision, Duration wait) {
        List<Parameter> parameters = new ArrayList<>();
        if (!revision.isEmpty()) {
            parameters.add(new Parameter("revision", revision));
        }
        parameters.add(new Parameter("wait", wait.toMillis() + "ms"));
        return client.call("GET", "/enforcementstatus", namespace, parameters, null).body();
    }

    private static Duration shorter(Duration left) {
        return left.compareTo(LONGEST_ANSWER) < 0 ? left : LONGEST_ANSWER;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted.");
        }
    }
}
