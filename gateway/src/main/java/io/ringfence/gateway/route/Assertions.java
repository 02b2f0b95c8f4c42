package io.ringfence.gateway.route;

import io.ringfence.gateway.remember.Remembered;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.assertion.AssertionSigner;
import io.ringfence.trust.certificate.Pem;
import jakarta.inject.Singleton;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Seals assertions, for each service with keys of its own. The same statement is sealed again only
/// after 30 seconds, which leaves the service half of its life.
@Singleton
public class Assertions {
    private static final int REMEMBERED = 10_000;
    private static final Duration REUSED_FOR = Duration.ofSeconds(30);

    private final Clock clock = Clock.systemUTC();
    private final Map<Service, AssertionSigner> signers;
    private final Remembered<Statement, AssertionHeaders> sealed =
            new Remembered<>(REMEMBERED, clock);

    Assertions(TrustConfig config) {
        PrivateKey key = Pem.readPrivateKey(config.key());
        this.signers =
                Arrays.stream(Service.values())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        service -> service,
                                        service ->
                                                new AssertionSigner(
                                                        key, service.processName(), clock)));
    }

    private record Statement(Service to, Assertion assertion) {}

    /// The assertion is its own key: whatever changes about the caller, the request or what the
    /// caller may do, is sealed anew.
    AssertionHeaders seal(Service to, Assertion assertion) {
        Statement statement = new Statement(to, assertion);
        return sealed.get(statement)
                .orElseGet(() -> {
                    AssertionHeaders now = AssertionHeaders.of(signer(to).sign(assertion));
                    sealed.put(statement, now, clock.instant().plus(REUSED_FOR));
                    return now;
                });
    }

    private AssertionSigner signer(Service service) {
        return Objects.requireNonNull(signers.get(service));
    }
}
