package io.ringfence.enforcer.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import io.ringfence.trust.signature.Signatures;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// Authority, identity-service, policy-service and gateway in one.
public final class FakeConsole implements AutoCloseable {
    public static final String CONSOLE = "c0ffee";
    public static final String ENFORCER = "65f0c0ffee0000000000000e";
    public static final String NAMESPACE = "/acme/shop";
    public static final String TOKEN = "bootstrap-me";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CertificateAuthority authority =
            CertificateAuthority.create("console", Clock.systemUTC());
    private final KeyAndCertificate policyService = process("policy-service");
    private final KeyPair tokenKeys = KeyPairs.generate();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FakeStream> streams = new LinkedBlockingQueue<>();
    private final String address;
    private final SSLServerSocket server;
    private volatile Duration certificateLife = Duration.ofHours(24);

    /// Reached by 127.0.0.1.
    public FakeConsole() throws IOException {
        this("127.0.0.1");
    }

    /// In the calling thread's network namespace.
    ///
    /// @param address that it is reached by
    public FakeConsole(String address) throws IOException {
        this.address = address;
        server =
                (SSLServerSocket)
                        TlsContexts.of(
                                        authority.certificate(),
                                        authority.issueProcess(
                                                "gateway", List.of(address), Duration.ofDays(1)))
                                .getServerSocketFactory()
                                .createServerSocket(0);
        server.setWantClientAuth(true);
        Thread.ofVirtual().start(this::acceptForEver);
    }

    public URI api() {
        return URI.create("https://" + address + ":" + server.getLocalPort());
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public KeyAndCertificate process(String name) {
        return authority.issueProcess(name, List.of("127.0.0.1"), Duration.ofDays(1));
    }

    /// An enforcer that is enrolled already.
    public KeyAndCertificate enforcer() {
        KeyPair keys = KeyPairs.generate();
        return new KeyAndCertificate(
                keys.getPrivate(),
                Pem.certificate(
                        certificate(
                                io.ringfence.trust.certificate.CertificateRequest.create(keys))));
    }

    public String jwks() {
        return JwksDocument.of((ECPublicKey) tokenKeys.getPublic()).toJson();
    }

    /// Certificates issued from now on end so soon.
    public void certificatesLive(Duration life) {
        certificateLife = life;
    }

    /// `METHOD path body` of every request so far, in order.
    public List<String> requests() {
        return requests;
    }

    /// The next stream that an enforcer opens.
    public FakeStream stream() throws InterruptedException {
        FakeStream stream = streams.poll(20, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("no enforcer opened a stream");
        }
        return stream;
    }

    /// A policy about nothing.
    public SignedPolicy policy(long version) throws Exception {
        return sign(
                PolicySnapshot.newBuilder().addText("").addText("version" + version).build(),
                version);
    }

    public SignedPolicy sign(PolicySnapshot policy, long version) throws Exception {
        PolicySnapshot bare =
                policy.toBuilder()
                        .setConsoleId(CONSOLE)
                        .setEnforcerId(ENFORCER)
                        .clearDigest()
                        .build();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bare.toByteArray());
        byte[] content =
                bare.toBuilder()
                        .setVersion(version)
                        .setDigest(ByteString.copyFrom(digest))
                        .build()
                        .toByteArray();
        return SignedPolicy.newBuilder()
                .setContent(ByteString.copyFrom(content))
                .setSignature(
                        ByteString.copyFrom(
                                Signatures.sign(Signatures.POLICY, policyService.key(), content)))
                .setCertificate(ByteString.copyFrom(policyService.certificate().getEncoded()))
                .build();
    }

    /// All of a tenant's directory.
    public SignedDirectory directory(String tenant, TenantDirectory directory) throws Exception {
        byte[] content =
                directory
                        .whole()
                        .setConsoleId(CONSOLE)
                        .setTenant(tenant)
                        .setVersion(1)
                        .build()
                        .toByteArray();
        return SignedDirectory.newBuilder()
                .setContent(ByteString.copyFrom(content))
                .setSignature(
                        ByteString.copyFrom(
                                Signatures.sign(
                                        Signatures.DIRECTORY, policyService.key(), content)))
                .setCertificate(ByteString.copyFrom(policyService.certificate().getEncoded()))
                .build();
    }

    private void acceptForEver() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try {
            while (true) {
                HttpExchange exchange = HttpExchange.read(socket);
                requests.add(exchange.line());
                if (exchange.isUpgrade()) {
                    streams.add(FakeStream.accept(socket, exchange));
                    return;
                }
                answer(exchange);
            }
        } catch (IOException gone) {
            // the client has closed the connection
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.method() + " " + exchange.path()) {
            case "POST /enforcercertificates" -> certify(exchange);
            case "POST /enforcers" -> exchange.answer(200, "{\"ID\":\"" + ENFORCER + "\"}");
            case "POST /processingunits" -> exchange.answer(200, "{\"ID\":\"pu1\"}");
            case "POST /issue" -> exchange.answer(200, "{\"token\":\"" + kafkaToken() + "\"}");
            default -> exchange.answer(404, "[{\"code\":404,\"description\":\"not found\"}]");
        }
    }

    private void certify(HttpExchange exchange) throws IOException {
        boolean isBootstrap = ("Bearer " + TOKEN).equals(exchange.header("authorization"));
        if (!isBootstrap && !exchange.hasClientCertificate()) {
            exchange.answer(401, "[{\"code\":401,\"description\":\"who are you?\"}]");
            return;
        }
        JsonNode request = JSON.readTree(exchange.body());
        ObjectNode answer = JSON.createObjectNode();
        answer.put("ID", ENFORCER);
        answer.put("consoleID", CONSOLE);
        answer.put("namespace", NAMESPACE);
        answer.put("certificate", certificate(request.path("certificateRequest").asText()));
        exchange.answer(200, answer.toString());
    }

    private String certificate(String request) {
        Issuance issuance =
                authority.issueFromRequest(
                        request, new EnforcerSubject(ENFORCER, NAMESPACE), certificateLife);
        return switch (issuance) {
            case Issuance.Issued(var certificate) -> Pem.of(certificate);
            case Issuance.Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }

    private String kafkaToken() {
        Instant now = Instant.now();
        return new TokenSigner(
                        tokenKeys.getPrivate(),
                        JwksDocument.keyId((ECPublicKey) tokenKeys.getPublic()),
                        Clock.systemUTC())
                .sign(
                        new TokenClaims(
                                UUID.randomUUID().toString(),
                                "enforcer",
                                "certificate",
                                Map.of("enforcerid", ENFORCER),
                                Restrictions.NONE,
                                0,
                                Set.of(Claim.KAFKA_AUDIENCE),
                                now,
                                now.plus(Duration.ofMinutes(5))));
    }

    @Override
    public void close() throws IOException {
        server.close();
        streams.forEach(FakeStream::close);
    }
}
