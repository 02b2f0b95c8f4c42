package io.ringfence.trust.assertion;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.trust.assertion.AssertionCheck.Invalid;
import io.ringfence.trust.assertion.AssertionCheck.Valid;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.ClaimReader;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// Reads assertions, and believes them only on a connection of the gateway's: the peer's
/// certificate, which TLS has verified, names the gateway, and its key signed the assertion.
public final class AssertionVerifier {
    private static final int LEEWAY_SECONDS = 5;
    private static final ProcessSubject GATEWAY =
            new ProcessSubject(Principal.GATEWAY.commonName());

    private final Clock clock;
    private final VerifiedAssertions verified = new VerifiedAssertions();

    public AssertionVerifier(Clock clock) {
        this.clock = clock;
    }

    /// Whether it holds for this request.
    public AssertionCheck verify(
            String jws, X509Certificate peer, String method, String path, String namespace) {
        AssertionCheck check = verify(jws, peer);
        if (check instanceof Valid(Assertion assertion)
                && !assertion.covers(method, path, namespace)) {
            return new Invalid("the assertion is for another request");
        }
        return check;
    }

    /// Whether the gateway said it. The caller must still ask whether it [Assertion#covers] the
    /// request.
    public AssertionCheck verify(String jws, X509Certificate peer) {
        if (CertificateSubject.of(peer).filter(GATEWAY::equals).isEmpty()) {
            return new Invalid("the peer is not the gateway");
        }
        Optional<Assertion> known = verified.find(jws, peer, clock.instant());
        if (known.isPresent()) {
            return new Valid(known.get());
        }
        try {
            JwtClaims claims = consumer(peer).processToClaims(jws);
            Assertion assertion = read(claims);
            verified.keep(jws, peer, assertion, lastMoment(claims));
            return new Valid(assertion);
        } catch (MalformedClaimException e) {
            return new Invalid("the assertion lacks what an assertion has");
        } catch (InvalidJwtException e) {
            return new Invalid(
                    e.hasErrorCode(ErrorCodes.EXPIRED)
                            ? "the assertion has expired"
                            : "the assertion is not the gateway's");
        } catch (IllegalArgumentException e) {
            return new Invalid("the assertion lacks what an assertion has");
        }
    }

    private static Instant lastMoment(JwtClaims claims) throws MalformedClaimException {
        return Instant.ofEpochSecond(claims.getExpirationTime().getValue() + LEEWAY_SECONDS);
    }

    private JwtConsumer consumer(X509Certificate peer) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(
                                ConstraintType.PERMIT,
                                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setExpectedType(true, AssertionSigner.TYPE)
                .setVerificationKey(peer.getPublicKey())
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setSkipDefaultAudienceValidation()
                .build();
    }

    private static Assertion read(JwtClaims claims) {
        Object elsewhere = claims.getClaimValue(AssertionClaim.ELSEWHERE);
        Object fingerprint = claims.getClaimValue(Claim.CLIENT_CERTIFICATE);
        return new Assertion(
                ClaimReader.text(claims.getClaimValue(Claim.METHOD)),
                ClaimReader.text(claims.getClaimValue(Claim.PATH)),
                ClaimReader.text(claims.getClaimValue(Claim.NAMESPACE)),
                caller(claims.getClaimValue(AssertionClaim.CALLER)),
                fingerprint == null ? null : ClaimReader.text(fingerprint),
                ClaimReader.list(claims.getClaimValue(AssertionClaim.PERMISSIONS)),
                elsewhere == null ? List.of() : ClaimReader.list(elsewhere));
    }

    private static AssertedCaller caller(Object value) {
        if (!(value instanceof Map<?, ?> caller)) {
            throw new IllegalArgumentException("expected an object");
        }
        return new AssertedCaller(
                ClaimReader.text(caller.get(AssertionClaim.SUBJECT)),
                ClaimReader.text(caller.get(Claim.REALM)),
                ClaimReader.list(caller.get(AssertionClaim.TAGS)),
                ClaimReader.text(caller.get(AssertionClaim.TOKEN_ID)),
                ClaimReader.count(caller.get(Claim.QUOTA)),
                ClaimReader.restrictions(caller.get(Claim.RESTRICTIONS)),
                ClaimReader.list(caller.get(Claim.ANCESTORS)));
    }
}
