package io.ringfence.protocol.caller;

import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertionCheck;
import io.ringfence.trust.assertion.AssertionVerifier;
import io.ringfence.trust.assertion.SealedAssertion;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// The door of a service: without an assertion that the gateway sealed for exactly this method,
/// path and namespace, on a connection of the gateway's, nothing gets further (401). Health and
/// metrics are on the management port and do not come by here.
@ApplicationScoped
public class AssertionFilter {
    private static final Logger LOG = Logger.getLogger(AssertionFilter.class);

    private final AssertionVerifier verifier;
    private final CurrentCaller current;

    AssertionFilter(
            @ConfigProperty(name = "quarkus.application.name") String service,
            CurrentCaller current) {
        this.verifier = new AssertionVerifier(service, Clock.systemUTC());
        this.current = current;
    }

    /// Runs before the path is matched, so that a stranger cannot tell paths apart.
    @ServerRequestFilter(preMatching = true, priority = 100)
    public void identify(RoutingContext context) {
        HttpServerRequest request = context.request();
        X509Certificate peer =
                peer(request).orElseThrow(() -> refused(request, "the peer has no certificate"));
        String assertion = request.getHeader(Header.ASSERTION);
        String keyTicket = request.getHeader(Header.KEY_TICKET);
        if (assertion == null || keyTicket == null) {
            throw refused(request, "there is no assertion, or none with its key ticket");
        }
        String namespace = Optional.ofNullable(request.getHeader(Header.NAMESPACE)).orElse("");
        AssertionCheck check =
                verifier.verify(
                        new SealedAssertion(assertion, keyTicket),
                        peer,
                        request.method().name(),
                        request.path(),
                        namespace);
        switch (check) {
            case AssertionCheck.Valid(var valid) ->
                    current.set(Caller.of(valid, Tracking.of(request)));
            case AssertionCheck.Invalid(String reason) -> throw refused(request, reason);
        }
    }

    private static RuntimeException refused(HttpServerRequest request, String reason) {
        LOG.infof("Refused %s %s: %s", request.method(), request.path(), reason);
        return Fault.unauthorized("This service answers the gateway only: " + reason).asException();
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
