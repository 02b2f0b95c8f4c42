package io.ringfence.bench;

import io.ringfence.bench.load.Load;
import io.ringfence.bench.measure.Comparison;
import io.ringfence.bench.measure.ProcessTree;
import io.ringfence.bench.stack.BareEndpoint;
import io.ringfence.bench.stack.Stack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request through the gateway costs, beside a bare Quarkus endpoint with the same flags in
/// the same run; and how many tokens are issued. The limit is one process and one hop; ours is TLS
/// between gateway and service, authentication, authorization, an assertion, and the store.
public final class ApiBench {
    private static final String NAMESPACE = "/bench";

    private final Stack stack;
    private final BareEndpoint bare;
    private final Comparison comparison;
    private final Map<String, ProcessTree> processes;
    private final Map<String, ProcessTree> bareProcess;

    private ApiBench(Stack stack, BareEndpoint bare, Comparison comparison) {
        this.stack = stack;
        this.bare = bare;
        this.comparison = comparison;
        this.processes = stack.processes();
        this.bareProcess = Map.of("bare", bare.processTree());
    }

    /// Arguments: the project's folder, the port base, rounds, and milliseconds a round.
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int portBase = Integer.parseInt(arguments[1]);
        Comparison comparison =
                new Comparison(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        try (Stack stack = Stack.up(home, portBase);
                BareEndpoint bare = BareEndpoint.start(home, portBase + 90)) {
            new ApiBench(stack, bare, comparison).run();
        }
    }

    private void run() throws Exception {
        String token = stack.token();
        String id =
                stack.create("namespaces", "/", token, "{\"name\":\"bench\"}").path("ID").asText();
        Map<String, String> headers = headers(token);
        comparison.print(
                "Read of one namespace through gateway and identity-service",
                Load.get(bare.url(), Map.of()),
                bareProcess,
                Load.get(stack.api() + "/namespaces/" + id, headers("/", token)),
                processes);
        comparison.print(
                "Create of a namespace through gateway and identity-service",
                Load.post(bare.url(), Map.of(), "{\"name\":\"n%d\"}"),
                bareProcess,
                Load.post(stack.api() + "/namespaces", headers, "{\"name\":\"n%d\"}"),
                processes);
        comparison.print(
                "Token for a narrower token (realm AporetoIdentityToken)",
                Load.post(
                        stack.api() + "/issue",
                        Map.of("Content-Type", "application/json"),
                        """
                        {"realm":"AporetoIdentityToken","validity":"1h",
                         "restrictedNamespace":"/bench","metadata":{"token":"%s"}}
                        """
                                .formatted(token)),
                processes);
        comparison.print(
                "Token for an app credential (realm Certificate, mutual TLS)",
                Load.post(
                                stack.apiTls() + "/issue",
                                Map.of("Content-Type", "application/json"),
                                "{\"realm\":\"Certificate\",\"validity\":\"1h\"}")
                        .certified(
                                stack.administratorCredential("certificate"),
                                stack.administratorCredential("certificateKey")),
                processes);
    }

    private static Map<String, String> headers(String token) {
        return headers(NAMESPACE, token);
    }

    private static Map<String, String> headers(String namespace, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("X-Namespace", namespace);
        headers.put("Content-Type", "application/json");
        return headers;
    }
}
