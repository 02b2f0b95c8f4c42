package io.ringfence.identity.tokens;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes tokens. A token is never wider than its source and never outlives it; one for Kafka lives
/// five minutes, one that registers an enforcer thirty (DESIGN §5, §8). It says which tokens it was
/// made from, since it ends with them.
final class TokenIssuer {
    private static final Duration KAFKA_VALIDITY = Duration.ofMinutes(5);
    private static final Duration BOOTSTRAP_VALIDITY = Duration.ofMinutes(30);

    /// A token travels with every request, and its ancestors in it.
    static final int MOST_ANCESTORS = 16;

    private final Supplier<TokenSigner> signer;
    private final Duration longest;
    private final Clock clock;

    /// @param longest no token lives longer, whatever it is made from
    TokenIssuer(Supplier<TokenSigner> signer, Duration longest, Clock clock) {
        this.signer = signer;
        this.longest = longest;
        this.clock = clock;
    }

    /// @throws ApiException 403 or 422 with what to ask for instead
    IssuedToken issue(Source source, TokenRequest request) {
        if (request.audience().equals(Claim.KAFKA_AUDIENCE)) {
            return issueForKafka(source, request);
        }
        Restrictions restrictions = Narrowing.of(source.atMost(), request.restrictions());
        boolean bootstrap = Source.isBootstrap(restrictions, request.quota());
        return issue(
                source,
                request,
                bootstrap ? request.validity().atMost(BOOTSTRAP_VALIDITY) : request.validity(),
                source.subject(),
                restrictions);
    }

    /// The broker knows all enforcers as one principal.
    private IssuedToken issueForKafka(Source source, TokenRequest request) {
        if (!source.mayWriteToKafka()) {
            throw new Fault(
                            403,
                            "Forbidden",
                            "A token for Kafka is only given to an enforcer's certificate",
                            Optional.of("audience"))
                    .asException();
        }
        if (request.quota() > 0) {
            throw Fault.invalid("quota", "Kafka does not count uses: leave 'quota' out")
                    .asException();
        }
        return issue(
                source,
                request,
                request.validity().atMost(KAFKA_VALIDITY),
                Principal.ENFORCER.commonName(),
                Narrowing.of(source.atMost(), request.restrictions()));
    }

    private IssuedToken issue(
            Source source,
            TokenRequest request,
            Validity validity,
            String subject,
            Restrictions restrictions) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!source.notAfter().isAfter(now)) {
            throw Fault.unauthorized("What the token is to be made from has expired").asException();
        }
        if (source.ancestors().size() > MOST_ANCESTORS) {
            throw Fault.forbidden(
                            "%d tokens were made from one another up to this one, and no more can be: make one from the certificate or the password"
                                    .formatted(source.ancestors().size()))
                    .asException();
        }
        Validity within =
                source.longest()
                        .map(validity::atMost)
                        .orElse(validity)
                        .atMost(longest)
                        .atMost(Duration.between(now, source.notAfter()));
        TokenClaims claims =
                new TokenClaims(
                        UUID.randomUUID().toString(),
                        subject,
                        source.realm(),
                        Map.copyOf(source.data()),
                        restrictions,
                        request.quota(),
                        Set.of(source.audience(request.audience())),
                        now,
                        now.plus(within.duration()),
                        request.opaque(),
                        source.ancestors());
        return new IssuedToken(claims, within, signer.get().sign(claims));
    }
}
