package io.ringfence.identity;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.assertion.AssertionSigner;
import io.ringfence.trust.assertion.SealedAssertion;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// Nobody but the gateway gets in, and the gateway only with an assertion for the very request.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class DoorIT {
    private static final String SERVICE = Principal.IDENTITY_SERVICE.commonName();
    private static final Path AUTHORITY =
            TestInstallation.get().installation().folder().authority();

    @Test
    void refusesAConnectionWithoutCertificate() {
        HttpClient client = client(TlsContexts.trusting(Pem.readCertificate(AUTHORITY)));
        assertThatThrownBy(() -> client.send(issue(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnotherServicesCertificate() throws Exception {
        var folder = TestInstallation.get().installation().folder();
        String other = Principal.POLICY_SERVICE.commonName();
        HttpClient client =
                client(TlsContexts.of(AUTHORITY, folder.certificate(other), folder.key(other)));
        HttpRequest asserted = anybody().request("GET", "/.well-known/jwks.json", null).build();
        refused(client.send(asserted, HttpResponse.BodyHandlers.ofString()), 401, "");
        refused(client.send(issue(), HttpResponse.BodyHandlers.ofString()), 401, "");
    }

    /// Whoever has a certificate of ours gets through TLS; an assertion signed with that
    /// certificate's own key is still not the gateway's.
    @Test
    void refusesEnforcersAndAppCredentialsWithAssertionsOfTheirOwn() throws Exception {
        var folder = TestInstallation.get().installation().folder();
        CertificateAuthority authority =
                CertificateAuthority.load(folder.authority(), folder.authorityKey());
        KeyAndCertificate enforcer =
                TestEnforcer.enroll(authority, "e".repeat(24), "/acme").identity();
        KeyAndCertificate credential =
                authority.issueCredential(
                        new AppCredentialSubject("c".repeat(24), "gateway", "/"),
                        Duration.ofHours(1));
        for (KeyAndCertificate intruder : List.of(enforcer, credential)) {
            HttpClient client = client(TlsContexts.of(authority.certificate(), intruder));
            SealedAssertion forged =
                    new AssertionSigner(intruder.key(), SERVICE, Clock.systemUTC())
                            .sign(
                                    new Assertion(
                                            "GET",
                                            "/namespaces",
                                            "/",
                                            Callers.administrator(),
                                            null,
                                            List.of(Callers.ADMINISTRATOR_ROLE)));
            HttpRequest request =
                    HttpRequest.newBuilder(uri("/namespaces"))
                            .header(Header.NAMESPACE, "/")
                            .header(Header.ASSERTION, forged.assertion())
                            .header(Header.KEY_TICKET, forged.keyTicket())
                            .build();
            refused(client.send(request, HttpResponse.BodyHandlers.ofString()), 401, "");
        }
    }

    /// The gateway's connection does not make somebody else's signature good, nor the gateway's own
    /// for another service.
    @Test
    void refusesAnAssertionThatIsNotTheGatewaysForThisServiceOrIsTooOld() {
        var folder = TestInstallation.get().installation().folder();
        PrivateKey gateway = Pem.readPrivateKey(folder.key(Principal.GATEWAY.commonName()));
        Clock clock = Clock.systemUTC();
        SealedAssertion good = sealed(gateway, SERVICE, clock);
        assertThat(administrator().send(listing(good), HttpResponse.BodyHandlers.ofString()))
                .returns(200, HttpResponse::statusCode);

        SealedAssertion foreign = sealed(KeyPairs.generate().getPrivate(), SERVICE, clock);
        String other = Principal.POLICY_SERVICE.commonName();
        for (SealedAssertion assertion :
                List.of(
                        foreign,
                        sealed(gateway, SERVICE, Clock.offset(clock, Duration.ofSeconds(-70))),
                        sealed(gateway, SERVICE, Clock.offset(clock, Duration.ofMinutes(-10))),
                        sealed(gateway, other, clock),
                        new SealedAssertion(good.assertion(), foreign.keyTicket()),
                        new SealedAssertion(foreign.assertion(), good.keyTicket()))) {
            refused(
                    administrator().send(listing(assertion), HttpResponse.BodyHandlers.ofString()),
                    401,
                    "");
        }
    }

    private static SealedAssertion sealed(PrivateKey key, String service, Clock clock) {
        return new AssertionSigner(key, service, clock)
                .sign(
                        new Assertion(
                                "GET",
                                "/namespaces",
                                "/",
                                Callers.administrator(),
                                null,
                                List.of(Callers.ADMINISTRATOR_ROLE)));
    }

    private static HttpRequest listing(SealedAssertion assertion) {
        return administrator()
                .request("GET", "/namespaces", null)
                .setHeader(Header.ASSERTION, assertion.assertion())
                .setHeader(Header.KEY_TICKET, assertion.keyTicket())
                .build();
    }

    @Test
    void refusesTheGatewayWithoutAssertionOrWithAnotherOne() {
        HttpRequest without =
                HttpRequest.newBuilder(uri("/namespaces")).header(Header.NAMESPACE, "/").build();
        refused(administrator().send(without, HttpResponse.BodyHandlers.ofString()), 401, "");
        HttpRequest withoutTicket =
                HttpRequest.newBuilder(uri("/namespaces"))
                        .header(Header.NAMESPACE, "/")
                        .header(
                                Header.ASSERTION,
                                administrator()
                                        .request("GET", "/namespaces", null)
                                        .build()
                                        .headers()
                                        .firstValue(Header.ASSERTION)
                                        .orElseThrow())
                        .build();
        refused(administrator().send(withoutTicket, HttpResponse.BodyHandlers.ofString()), 401, "");
        HttpRequest elsewhere =
                administrator()
                        .request("GET", "/namespaces", null)
                        .setHeader(Header.NAMESPACE, "/acme")
                        .build();
        refused(administrator().send(elsewhere, HttpResponse.BodyHandlers.ofString()), 401, "");
        HttpRequest otherPath =
                administrator()
                        .request("GET", "/namespaces", null)
                        .uri(uri("/apiauthorizationpolicies"))
                        .build();
        refused(administrator().send(otherPath, HttpResponse.BodyHandlers.ofString()), 401, "");
    }

    @Test
    void isReadyAndPublishesItsKeys() throws Exception {
        int management =
                TestInstallation.get()
                        .installation()
                        .ports()
                        .management(Principal.IDENTITY_SERVICE);
        HttpResponse<String> health =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:%d/q/health/ready"
                                                                .formatted(management)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(ok(health).path("status").asText()).isEqualTo("UP");
        assertThat(ok(anybody().get("/.well-known/jwks.json")).path("keys").path(0).path("alg"))
                .hasToString("\"ES256\"");
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static HttpRequest issue() {
        return HttpRequest.newBuilder(uri("/issue"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"realm\":\"Certificate\"}"))
                .build();
    }

    private static URI uri(String path) {
        return TestInstallation.get().uriOf(Principal.IDENTITY_SERVICE).resolve(path);
    }
}
