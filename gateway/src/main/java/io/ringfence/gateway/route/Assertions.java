package io.ringfence.gateway.route;

import io.ringfence.gateway.remember.Remembered;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.assertion.AssertionSigner;
import io.ringfence.trust.certificate.Pem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/// Signs assertions. The same statement is signed again only after 30 seconds, which leaves the
/// service half of its life.
@ApplicationScoped
public class Assertions {
    private static final int REMEMBERED = 10_000;
    private static final Duration REUSED_FOR = Duration.ofSeconds(30);

    private final Clock clock = Clock.systemUTC();
    private final AssertionSigner signer;
    private final Remembered<Assertion, String> signed = new Remembered<>(REMEMBERED, clock);

    Assertions(TrustConfig config) {
        this.signer = new AssertionSigner(Pem.readPrivateKey(config.key()), clock);
    }

    /// The assertion is its own key: whatever changes about the caller, the request or what the
    /// caller may do, is signed anew.
    String sign(Assertion assertion) {
        return signed.get(assertion)
                .orElseGet(() -> {
                    String jws = signer.sign(assertion);
                    signed.put(assertion, jws, clock.instant().plus(REUSED_FOR));
                    return jws;
                });
    }
}
