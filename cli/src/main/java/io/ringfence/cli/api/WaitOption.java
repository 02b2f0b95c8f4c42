package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.contracts.index.Entry.Served;
import io.ringfence.contracts.index.Owner;
import io.ringfence.contracts.index.ResourceIndex;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;

/// `--wait`: a command that changes policy returns when the change is true on the wire.
final class WaitOption {
    @Option(
            names = "--wait",
            description = {
                "Return when every enforcer of the namespace that is reachable enforces it.",
                "Exit code 6, naming the enforcers, if one refuses or the time is over."
            })
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private String timeout = "30s";

    /// Before anything is changed.
    ///
    /// @throws UserError if the change would not be seen by whom this asks
    void checkFor(ResourceNames resource) {
        if (wait && !isPolicy(resource)) {
            throw new UserError(
                    "--wait is for what policy is made of; change "
                            + resource.path()
                            + " without it, and then ask with: ringfence policy status --wait");
        }
        check();
    }

    void check() {
        Durations.parse(timeout);
    }

    private static boolean isPolicy(ResourceNames resource) {
        return ResourceIndex.console()
                .at(resource.path())
                .filter(entry -> entry instanceof Served served && served.owner() == Owner.POLICY)
                .isPresent();
    }

    /// After the change, if it was asked for.
    void after(ApiClient client, String namespace) {
        after(client, List.of(namespace));
    }

    void after(ApiClient client, Collection<String> namespaces) {
        if (!wait) {
            return;
        }
        Duration atMost = Durations.parse(timeout);
        long end = System.nanoTime() + atMost.toNanos();
        for (String namespace : namespaces) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            JsonNode answer = new Enforcement(client, namespace).await("", left);
            if (!Enforcement.isEnforced(answer)) {
                throw Enforcement.lacking(answer, atMost);
            }
            System.err.println(namespace + ": " + answer.path("text").asText());
        }
    }
}
