package io.ringfence.bench.distribution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.bench.stack.Stack;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.enroll.Enrolment;
import io.ringfence.enforcer.enroll.Host;
import io.ringfence.enforcer.enroll.Registration;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.trust.certificate.Pem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Simulated enforcers in tenants of one size, each with one host. Ten hosts of a tenant belong to
/// one customer: the first is its server, the others its clients, and its ruleset lets clients
/// reach the server. So what a client is, concerns its customer's server and nobody else.
final class Fleet implements AutoCloseable {
    static final String FIRST_TENANT = "/t0";
    static final String CLIENT = "role=client";
    static final String GUEST = "role=guest";
    static final String PARTNER = "network=partner";
    static final String STRANGER = "network=stranger";
    private static final int HOSTS_PER_CUSTOMER = 10;
    private static final int AT_ONCE = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stack stack;
    private final String token;
    private final int tenantSize;
    private final Arrivals arrivals;
    private final X509Certificate authority;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final List<SimulatedEnforcer> enforcers = new ArrayList<>();
    private final Set<SimulatedEnforcer> guests = ConcurrentHashMap.newKeySet();
    private final AtomicLong failures = new AtomicLong();
    private final String partnerId;

    /// @param tenantSize enforcers in a tenant
    Fleet(Stack stack, int tenantSize, Arrivals arrivals) {
        this.stack = stack;
        this.token = stack.token();
        this.tenantSize = tenantSize;
        this.arrivals = arrivals;
        this.authority = Pem.readCertificate(stack.path("pki/ca.pem"));
        this.partnerId =
                stack.create(
                                "externalnetworks",
                                "/",
                                token,
                                """
                                {"name": "partner", "propagate": true, "entries": ["192.0.2.0/24"],
                                 "associatedTags": ["%s"]}
                                """
                                        .formatted(PARTNER))
                        .path("ID")
                        .asText();
        stack.create(
                "networkrulesetpolicies",
                "/",
                token,
                """
                {"name": "partner", "propagate": true, "subject": [["simulated=yes"]],
                 "incomingRules": [{"action": "Allow", "object": [["%s"]],
                                    "protocolPorts": ["tcp/443"]}]}
                """
                        .formatted(PARTNER));
    }

    List<SimulatedEnforcer> enforcers() {
        return List.copyOf(enforcers);
    }

    /// Connections refused or lost since the last time.
    long takeFailures() {
        return failures.getAndSet(0);
    }

    /// Registers more, until there are so many. They do not connect.
    void growTo(int count) throws InterruptedException, ExecutionException {
        for (int tenant = enforcers.size() / tenantSize; tenant * tenantSize < count; tenant++) {
            if (tenant * tenantSize >= enforcers.size()) {
                stack.create("namespaces", "/", token, "{\"name\": \"t%d\"}".formatted(tenant));
            }
        }
        List<Callable<SimulatedEnforcer>> registrations = new ArrayList<>();
        for (int number = enforcers.size(); number < count; number++) {
            int one = number;
            registrations.add(() -> register(one));
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<SimulatedEnforcer> done : workers.invokeAll(registrations)) {
                enforcers.add(done.get());
            }
        }
    }

    /// As an enforcer does it: a one-use token, a certificate, then the enforcer and its host.
    private SimulatedEnforcer register(int number) throws IOException, InterruptedException {
        String namespace = "/t" + number / tenantSize;
        int customer = number / HOSTS_PER_CUSTOMER;
        if (number % HOSTS_PER_CUSTOMER == 0) {
            stack.create(
                    "networkrulesetpolicies",
                    namespace,
                    token,
                    """
                    {"name": "customer-%1$d", "subject": [["customer=%1$d", "role=server"]],
                     "incomingRules": [{"action": "Allow", "protocolPorts": ["tcp/5432"],
                                        "object": [["customer=%1$d", "%2$s"]]}]}
                    """
                            .formatted(customer, CLIENT));
        }
        return register(
                "host-" + number,
                namespace,
                List.of("simulated=yes", "customer=" + customer, role(number)),
                address(number));
    }

    /// One that does not count among the enforcers in tenants.
    SimulatedEnforcer register(String name, String namespace, List<String> tags, String address)
            throws IOException, InterruptedException {
        URI api = URI.create(stack.apiTls());
        Path folder = stack.path("simulated/" + name);
        StateFolder state = StateFolder.open(folder);
        Path tokenFile = folder.resolve("token");
        Files.writeString(tokenFile, bootstrapToken(namespace));
        EnforcerIdentity identity =
                new Enrolment(api, namespace, name, tokenFile, authority, state).enroll();
        Host host =
                new Host(
                        name,
                        name + ".example",
                        "machine-of-" + name,
                        tags,
                        new TreeSet<>(List.of(address)));
        try (Console console = Console.of(api, identity)) {
            String unitId = Registration.register(console, identity, host);
            return new SimulatedEnforcer(
                    vertx, context, identity, unitId, api.getPort(), arrivals, failures);
        }
    }

    /// With which one enforcer can become known.
    String bootstrapToken(String namespace) {
        ObjectNode request =
                JSON.createObjectNode()
                        .put("realm", "AporetoIdentityToken")
                        .put("validity", "30m")
                        .put("quota", 1)
                        .put("restrictedNamespace", namespace);
        request.putArray("restrictedPermissions").add("@auth:role=enforcer");
        request.putObject("metadata").put("token", token);
        return stack.create("issue", "/", token, request.toString()).path("token").asText();
    }

    private static String role(int number) {
        return number % HOSTS_PER_CUSTOMER == 0 ? "role=server" : CLIENT;
    }

    /// 10.0.0.0/8, 250 to a /24.
    static String address(int number) {
        return "10.%d.%d.%d".formatted(number / (250 * 250), number / 250 % 250, 1 + number % 250);
    }

    /// A client of whom the server's policy speaks.
    SimulatedEnforcer client(int random, int connected) {
        int customer = random % (connected / HOSTS_PER_CUSTOMER);
        int client = 1 + random / connected % (HOSTS_PER_CUSTOMER - 1);
        return enforcers.get(customer * HOSTS_PER_CUSTOMER + client);
    }

    List<SimulatedEnforcer> clients() {
        return IntStream.range(0, enforcers.size())
                .filter(number -> number % HOSTS_PER_CUSTOMER != 0)
                .mapToObj(enforcers::get)
                .toList();
    }

    SimulatedEnforcer serverOf(SimulatedEnforcer client) {
        int number = enforcers.indexOf(client);
        return enforcers.get(number - number % HOSTS_PER_CUSTOMER);
    }

    /// The role that the client has not; the next time, the other one.
    String toggledRole(SimulatedEnforcer client) {
        if (guests.remove(client)) {
            return CLIENT;
        }
        guests.add(client);
        return GUEST;
    }

    /// What to store so that the client has this role instead of the one it has.
    Update role(SimulatedEnforcer client, String role) {
        return update("processingunits/" + client.unitId(), client.namespace(), "role=", role);
    }

    /// What to store so that the host has this address and no other.
    Update address(SimulatedEnforcer host, String address) {
        String path = "processingunits/" + host.unitId();
        ObjectNode object = (ObjectNode) stack.call("GET", path, host.namespace(), token, "");
        object.putArray("addresses").add(address);
        return new Update(path, host.namespace(), object.toString());
    }

    List<SimulatedEnforcer> tenantOf(SimulatedEnforcer host) {
        return enforcers.stream()
                .filter(other -> other.namespace().equals(host.namespace()))
                .toList();
    }

    /// What to store for one changed tag that concerns everybody: that of the network that all take
    /// from.
    Update partner(String tag) {
        return update("externalnetworks/" + partnerId, "/", "network=", tag);
    }

    private Update update(String path, String namespace, String prefix, String tag) {
        ObjectNode object = (ObjectNode) stack.call("GET", path, namespace, token, "");
        return new Update(path, namespace, retagged(object, prefix, tag));
    }

    /// Returns when it is stored.
    void store(Update update) {
        stack.call("PUT", update.path(), update.namespace(), token, update.body());
    }

    /// An object as it is to become.
    record Update(String path, String namespace, String body) {}

    static String retagged(ObjectNode object, String prefix, String tag) {
        ObjectNode changed = object.deepCopy();
        List<String> tags = new ArrayList<>();
        object.path("associatedTags").forEach(each -> tags.add(each.asText()));
        tags.removeIf(each -> each.startsWith(prefix));
        tags.add(tag);
        changed.putPOJO("associatedTags", tags);
        return changed.toString();
    }

    void disconnect() {
        CompletableFuture.allOf(
                        enforcers.stream()
                                .map(SimulatedEnforcer::disconnect)
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
