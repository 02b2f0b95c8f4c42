package io.ringfence.testkit.service;

import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.assertion.AssertionSigner;
import io.ringfence.trust.assertion.SealedAssertion;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Speaks to a service as the gateway does: mutual TLS with the gateway's certificate, and an
/// assertion of its own for each request. Immutable; the `as…`, `in` and `with…` methods give
/// another client.
public record AssertedClient(
        URI service,
        HttpClient http,
        AssertionSigner signer,
        AssertedCaller caller,
        String namespace,
        List<String> permissions,
        List<String> elsewhere,
        @Nullable X509Certificate clientCertificate) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    public AssertedClient {
        permissions = List.copyOf(permissions);
        elsewhere = List.copyOf(elsewhere);
    }

    /// As the administrator in `/`.
    public static AssertedClient of(TestInstallation installation, Principal service) {
        return of(installation, service, service.commonName());
    }

    /// The same, of a service that has the place of another.
    ///
    /// @param place whose address it has
    /// @param name what it calls itself
    public static AssertedClient of(TestInstallation installation, Principal place, String name) {
        DataFolder folder = installation.installation().folder();
        String gateway = Principal.GATEWAY.commonName();
        return new AssertedClient(
                installation.uriOf(place),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .sslContext(
                                TlsContexts.of(
                                        folder.authority(),
                                        folder.certificate(gateway),
                                        folder.key(gateway)))
                        .build(),
                new AssertionSigner(
                        Pem.readPrivateKey(folder.key(gateway)), name, Clock.systemUTC()),
                Callers.administrator(),
                "/",
                List.of(Callers.ADMINISTRATOR_ROLE),
                List.of(),
                null);
    }

    public AssertedClient as(AssertedCaller other, String... permitted) {
        return new AssertedClient(
                service,
                http,
                signer,
                other,
                namespace,
                List.of(permitted),
                elsewhere,
                clientCertificate);
    }

    public AssertedClient in(String otherNamespace) {
        return new AssertedClient(
                service,
                http,
                signer,
                caller,
                otherNamespace,
                permissions,
                elsewhere,
                clientCertificate);
    }

    /// Holding the right to create what is handed over also there and below.
    public AssertedClient reaching(String... namespaces) {
        return new AssertedClient(
                service,
                http,
                signer,
                caller,
                namespace,
                permissions,
                List.of(namespaces),
                clientCertificate);
    }

    /// The client's own certificate, as the gateway forwards it.
    public AssertedClient withClientCertificate(X509Certificate certificate) {
        return new AssertedClient(
                service, http, signer, caller, namespace, permissions, elsewhere, certificate);
    }

    public HttpResponse<String> get(String pathAndQuery) {
        return send("GET", pathAndQuery, null);
    }

    public HttpResponse<String> head(String pathAndQuery) {
        return send("HEAD", pathAndQuery, null);
    }

    public HttpResponse<String> post(String pathAndQuery, String json) {
        return send("POST", pathAndQuery, json);
    }

    public HttpResponse<String> put(String pathAndQuery, String json) {
        return send("PUT", pathAndQuery, json);
    }

    public HttpResponse<String> patch(String pathAndQuery, String json) {
        return send("PATCH", pathAndQuery, json);
    }

    public HttpResponse<String> delete(String pathAndQuery) {
        return send("DELETE", pathAndQuery, null);
    }

    public HttpResponse<String> send(String method, String pathAndQuery, @Nullable String json) {
        return send(request(method, pathAndQuery, json).build(), BodyHandlers.ofString());
    }

    /// For answers that are no text, such as a policy snapshot.
    public HttpResponse<byte[]> getBytes(String pathAndQuery) {
        return send(request("GET", pathAndQuery, null).build(), BodyHandlers.ofByteArray());
    }

    /// A request with everything the gateway adds, to be changed before it is sent.
    public HttpRequest.Builder request(String method, String pathAndQuery, @Nullable String json) {
        URI uri = service.resolve(pathAndQuery);
        SealedAssertion sealed = assertion(method, uri.getPath());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .header(Header.NAMESPACE, namespace)
                        .header(Header.ASSERTION, sealed.assertion())
                        .header(Header.KEY_TICKET, sealed.keyTicket())
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(
                                method,
                                json == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        if (clientCertificate != null) {
            request.header(
                    Header.CLIENT_CERTIFICATE,
                    URLEncoder.encode(Pem.of(clientCertificate), StandardCharsets.UTF_8));
        }
        return request;
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private SealedAssertion assertion(String method, String path) {
        X509Certificate shown = clientCertificate;
        return signer.sign(
                new Assertion(
                        method,
                        path,
                        namespace,
                        caller,
                        shown == null ? null : Fingerprint.of(shown),
                        permissions,
                        elsewhere));
    }
}
