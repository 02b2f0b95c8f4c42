package io.ringfence.enforcer.enroll;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.enforcer.console.Answer;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// The enforcer and its host in the console. Both calls may be repeated: the console recognizes the
/// enforcer by its certificate and the host by enforcer and machine id, and updates them.
public final class Registration {
    private static final int NOT_FOUND = 404;

    private Registration() {}

    /// @return the processing unit's id
    public static String register(Console console, EnforcerIdentity identity, Host host)
            throws IOException, InterruptedException {
        console.post("/enforcers", enforcer(host)).orThrow("registering the enforcer");
        return console.post("/processingunits", processingUnit(identity, host))
                .orThrow("registering the host")
                .text("ID");
    }

    /// Says that the enforcer is alive. A console that does not offer this is content with the
    /// stream.
    public static void poke(Console console, EnforcerIdentity identity)
            throws IOException, InterruptedException {
        Answer answer = console.get("/enforcers/" + identity.id() + "/poke?status=Connected");
        if (answer.status() != NOT_FOUND) {
            answer.orThrow("the heartbeat");
        }
    }

    private static ObjectNode enforcer(Host host) {
        ObjectNode body = Console.object();
        body.put("name", host.name());
        body.put("FQDN", host.fullyQualifiedName());
        body.put("machineID", host.machineId());
        body.set("associatedTags", texts(host.tags()));
        return body;
    }

    private static ObjectNode processingUnit(EnforcerIdentity identity, Host host) {
        ObjectNode body = Console.object();
        body.put("name", host.name());
        body.put("type", "Host");
        body.put("enforcerID", identity.id());
        body.put("nativeContextID", host.machineId());
        body.put("operationalStatus", "Running");
        body.put("enforcementStatus", "Active");
        body.set("associatedTags", texts(host.tags()));
        body.set("metadata", texts(List.of("@os:host=" + host.name())));
        body.set("addresses", texts(host.addresses()));
        return body;
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode array = Console.object().arrayNode();
        values.forEach(array::add);
        return array;
    }
}
