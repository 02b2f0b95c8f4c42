package io.ringfence.gateway.health;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// Where each service says whether it is ready.
final class ServiceHealth {
    private static final String PATH = "/q/health/ready";

    /// In an installation's port plan, management is 100 above the service.
    private static final int MANAGEMENT_OFFSET = 100;

    /// flow-ingest-service serves nobody, so only its place in the plan tells where it is.
    private static final int FLOW_INGEST_AFTER_IDENTITY = 2;

    private ServiceHealth() {}

    /// @param given configured addresses by process name, which win
    /// @param services addresses of the services by their short name
    static Map<String, URI> addresses(Map<String, URI> given, Map<String, URI> services) {
        Map<String, URI> addresses = new TreeMap<>();
        services.forEach(
                (name, address) -> addresses.put(name + "-service", management(address, 0)));
        URI identity = services.get("identity");
        if (identity != null) {
            addresses.put("flow-ingest-service", management(identity, FLOW_INGEST_AFTER_IDENTITY));
        }
        addresses.putAll(given);
        return addresses;
    }

    private static URI management(URI service, int further) {
        int port = service.getPort() + MANAGEMENT_OFFSET + further;
        return URI.create("http://" + service.getHost() + ":" + port + PATH);
    }
}
