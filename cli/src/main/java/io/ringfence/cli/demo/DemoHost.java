package io.ringfence.cli.demo;

import io.ringfence.cli.stack.Stack.HostEntry;
import java.util.List;

/// The hosts of the shop: an internet client reaches the frontend, the frontend the api, the api
/// the db; dev has no business with the db.
///
/// @param services what the workload serves, `tcp/8080` or `udp/8125`
/// @param upstreams where the workload keeps one open connection to, `tcp/api:8081`
/// @param errand a connection made once after the start, or empty
record DemoHost(
        String name,
        int lastOctet,
        List<String> tags,
        List<String> services,
        List<String> upstreams,
        String errand) {
    static final List<DemoHost> ALL =
            List.of(
                    new DemoHost(
                            "frontend",
                            11,
                            List.of("app=frontend"),
                            List.of("tcp/8080"),
                            List.of("tcp/api:8081", "udp/api:8125"),
                            ""),
                    new DemoHost(
                            "api",
                            12,
                            List.of("app=api"),
                            List.of("tcp/8081", "udp/8125"),
                            List.of("tcp/db:5432"),
                            ""),
                    new DemoHost("db", 13, List.of("app=db"), List.of("tcp/5432"), List.of(), ""),
                    new DemoHost(
                            "client",
                            14,
                            List.of("app=client"),
                            List.of(),
                            List.of("tcp/frontend:8080"),
                            ""),
                    new DemoHost(
                            "dev", 15, List.of("app=dev"), List.of(), List.of(), "tcp/db:5432"));

    HostEntry entry(DemoNetwork network) {
        return new HostEntry(
                name, network.namespaceOf(this), network.addressOf(this), tags, services);
    }
}
