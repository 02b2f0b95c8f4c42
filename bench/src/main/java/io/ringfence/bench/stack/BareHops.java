package io.ringfence.bench.stack;

import io.ringfence.bench.measure.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way a request takes through a stack, with nothing of ours in it: TLS to a proxy, mutual TLS
/// to an endpoint that answers JSON. Keys, certificates and settings of the servers are those of
/// the stack's gateway and identity-service.
public final class BareHops implements AutoCloseable {
    private static final String PROXY = "gateway";
    private static final String ENDPOINT = "identity-service";

    private final BareProcess endpoint;
    private final BareProcess proxy;
    private final int proxyPort;

    private BareHops(BareProcess endpoint, BareProcess proxy, int proxyPort) {
        this.endpoint = endpoint;
        this.proxy = proxy;
        this.proxyPort = proxyPort;
    }

    /// @param firstPort of two
    /// @param bytes how large an answer is
    public static BareHops start(Path home, Stack stack, int firstPort, int bytes)
            throws IOException {
        int endpointPort = firstPort + 1;
        BareProcess endpoint =
                BareProcess.start(
                        home,
                        tls(
                                stack,
                                ENDPOINT,
                                endpointPort,
                                "bare.client-auth=required",
                                "bare.bytes=" + bytes,
                                "quarkus.vertx.event-loops-pool-size=2"));
        try {
            BareProcess proxy =
                    BareProcess.start(
                            home,
                            tls(
                                    stack,
                                    PROXY,
                                    firstPort,
                                    "bare.client-auth=request",
                                    "bare.upstream=https://127.0.0.1:" + endpointPort,
                                    "bare.authority=" + stack.authority(),
                                    "bare.certificate=" + stack.certificate(PROXY),
                                    "bare.key=" + stack.key(PROXY)));
            return new BareHops(endpoint, proxy, firstPort);
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
    }

    private static List<String> tls(Stack stack, String name, int port, String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.add("quarkus.http.ssl-port=" + port);
        properties.add("quarkus.http.insecure-requests=disabled");
        properties.add("quarkus.tls.key-store.pem.0.cert=" + stack.certificate(name));
        properties.add("quarkus.tls.key-store.pem.0.key=" + stack.key(name));
        properties.add("quarkus.tls.trust-store.pem.certs=" + stack.authority());
        return properties;
    }

    public String url() {
        return "https://127.0.0.1:%d/object".formatted(proxyPort);
    }

    public Map<String, ProcessTree> processes() {
        Map<String, ProcessTree> processes = new LinkedHashMap<>();
        processes.put("proxy", proxy.tree());
        processes.put("endpoint", endpoint.tree());
        return processes;
    }

    @Override
    public void close() {
        proxy.close();
        endpoint.close();
    }
}
