package io.ringfence.bench;

import io.ringfence.bench.load.Load;
import io.ringfence.bench.load.LoadProcess;
import io.ringfence.bench.measure.Comparison;
import io.ringfence.bench.measure.Contender;
import io.ringfence.bench.measure.ProcessTree;
import io.ringfence.bench.measure.Results;
import io.ringfence.bench.measure.Round;
import io.ringfence.bench.stack.BareEndpoint;
import io.ringfence.bench.stack.BareHops;
import io.ringfence.bench.stack.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a request through the gateway costs, beside the same way with nothing of ours on it (two
/// hops, TLS to the first, mutual TLS between them) and beside one plain hop, all in the same run;
/// how many tokens are issued; and how many authorizations are decided.
public final class ApiBench {
    private static final String NAMESPACE = "/bench";
    private static final int AUTHORIZATIONS = 10_000;
    private static final int BARE_PORT = 90;

    private static final String OURS = "ours";
    private static final String TWO_HOPS = "bare two hops";
    private static final String PLAIN_HOP = "bare plain hop";

    private final Stack stack;
    private final Map<String, ProcessTree> processes;
    private final Comparison comparison;
    private final Results results;
    private final String token;
    private final String namespacePath;

    private ApiBench(Stack stack, Comparison comparison, Results results) {
        this.stack = stack;
        this.processes = stack.processes();
        this.comparison = comparison;
        this.results = results;
        this.token = stack.token();
        this.namespacePath =
                "namespaces/"
                        + stack.create("namespaces", "/", token, "{\"name\":\"bench\"}")
                                .path("ID")
                                .asText();
    }

    /// Arguments: the project's folder, the port base, where the results go, rounds, milliseconds a
    /// round, and `all` or what of it: `requests`, `tokens`, `decisions`.
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int portBase = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[3]);
        int milliseconds = Integer.parseInt(arguments[4]);
        String what = arguments[5];
        Results results = new Results();
        if (!what.equals("decisions")) {
            try (Stack stack = Stack.up(home, portBase);
                    LoadProcess generator = LoadProcess.start()) {
                ApiBench bench =
                        new ApiBench(
                                stack, new Comparison(generator, rounds, milliseconds), results);
                if (!what.equals("tokens")) {
                    bench.requests(home, portBase);
                }
                if (!what.equals("requests")) {
                    bench.tokens();
                }
            }
        }
        if (what.equals("all") || what.equals("decisions")) {
            DecisionBench.run(AUTHORIZATIONS, rounds, milliseconds, results);
        }
        results.write(Path.of(arguments[2]));
    }

    private void requests(Path home, int portBase) throws Exception {
        int bytes =
                stack.call("GET", namespacePath, "/", token, "")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)
                        .length;
        try (BareEndpoint plain = BareEndpoint.start(home, portBase + BARE_PORT);
                BareHops hops = BareHops.start(home, stack, stack.freePorts(), bytes)) {
            compare(
                    "read",
                    "Read of one namespace through gateway and identity-service",
                    Load.get(stack.apiTls() + "/" + namespacePath, headers("/")),
                    Load.get(hops.url(), headers("/")),
                    hops,
                    Load.get(plain.url(), Map.of()),
                    plain);
            String body = "{\"name\":\"n%d\"}";
            compare(
                    "create",
                    "Create of a namespace through gateway and identity-service",
                    Load.post(stack.apiTls() + "/namespaces", headers(NAMESPACE), body),
                    Load.post(hops.url(), headers(NAMESPACE), body),
                    hops,
                    Load.post(plain.url(), Map.of(), body),
                    plain);
        }
    }

    private void compare(
            String name,
            String title,
            Load ours,
            Load twoHops,
            BareHops hops,
            Load plainHop,
            BareEndpoint plain)
            throws IOException {
        List<Round> medians =
                comparison.run(
                        title,
                        new Contender(PLAIN_HOP, plainHop, plain.processes()),
                        new Contender(TWO_HOPS, twoHops, hops.processes()),
                        new Contender(OURS, ours, processes));
        double plainHopCost = medians.get(0).cpuMicrosecondsPerRequest();
        double twoHopsCost = medians.get(1).cpuMicrosecondsPerRequest();
        double cost = medians.get(2).cpuMicrosecondsPerRequest();
        System.out.printf(
                "  ratio of CPU per request %.2f to two hops, %.1f to one plain hop%n",
                cost / twoHopsCost, cost / plainHopCost);
        row(name, medians.get(2))
                .limit(twoHopsCost, cost / twoHopsCost)
                .put("plainHop", plainHopCost)
                .put("ratioPlainHop", cost / plainHopCost);
    }

    private void tokens() throws IOException {
        alone(
                "token-for-token",
                "Token for a narrower token (realm AporetoIdentityToken)",
                Load.post(
                        stack.apiTls() + "/issue",
                        Map.of("Content-Type", "application/json"),
                        """
                        {"realm":"AporetoIdentityToken","validity":"1h",
                         "restrictedNamespace":"/bench","metadata":{"token":"%s"}}
                        """
                                .formatted(token)));
        alone(
                "token-for-credential",
                "Token for an app credential (realm Certificate, mutual TLS)",
                Load.post(
                                stack.apiTls() + "/issue",
                                Map.of("Content-Type", "application/json"),
                                "{\"realm\":\"Certificate\",\"validity\":\"1h\"}")
                        .certified(
                                stack.administratorCredential("certificate"),
                                stack.administratorCredential("certificateKey")));
    }

    private void alone(String name, String title, Load load) throws IOException {
        row(name, comparison.run(title, new Contender(OURS, load, processes)).getFirst());
    }

    private Results.Row row(String name, Round round) {
        Results.Row row =
                results.row(name, "us CPU/request")
                        .put("p50", round.cpuMicrosecondsPerRequest())
                        .put("perSecond", round.seen().perSecond())
                        .put("latencyP50", round.seen().medianMicroseconds())
                        .put("latencyP99", round.seen().p99Microseconds());
        round.cpuMicrosecondsByProcess().forEach(row::put);
        return row;
    }

    private Map<String, String> headers(String namespace) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("X-Namespace", namespace);
        headers.put("Content-Type", "application/json");
        return headers;
    }
}
