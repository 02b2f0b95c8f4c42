package io.ringfence.protocol.caller;

import io.ringfence.contracts.identity.Header;
import io.ringfence.trust.assertion.AssertionCheck;
import io.ringfence.trust.assertion.AssertionVerifier;
import io.ringfence.trust.assertion.SealedAssertion;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the gateway says about requests: valid only if it sealed an assertion for exactly this
/// method, path and namespace, on a connection of the gateway's.
@Singleton
public class RequestAssertions {
    private final AssertionVerifier verifier;

    RequestAssertions(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.verifier = new AssertionVerifier(service, Clock.systemUTC());
    }

    public AssertionCheck of(HttpServerRequest request) {
        Optional<X509Certificate> peer = peer(request);
        if (peer.isEmpty()) {
            return new AssertionCheck.Invalid("the peer has no certificate");
        }
        String assertion = request.getHeader(Header.ASSERTION);
        String keyTicket = request.getHeader(Header.KEY_TICKET);
        if (assertion == null || keyTicket == null) {
            return new AssertionCheck.Invalid("there is no assertion, or none with its key ticket");
        }
        String namespace = Optional.ofNullable(request.getHeader(Header.NAMESPACE)).orElse("");
        return verifier.verify(
                new SealedAssertion(assertion, keyTicket),
                peer.get(),
                request.method().name(),
                request.path(),
                namespace);
    }

    private static Optional<X509Certificate> peer(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
