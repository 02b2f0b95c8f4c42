package io.ringfence.identity.enforcers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyPairs;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
    private static final String ID = "aaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String SHOP = "/acme/shop";
    private static final Set<String> ENFORCER = Set.of("enforcercertificate,post");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", Clock.systemUTC());

    @Test
    void makesANewEnforcerOfAOneUseToken() {
        EnforcerSubject first = Enrolment.decide(caller("t1", 1, ENFORCER), Optional.empty());
        EnforcerSubject second = Enrolment.decide(caller("t2", 1, ENFORCER), Optional.empty());
        assertThat(first.namespace()).isEqualTo(SHOP);
        assertThat(first.id()).matches("[0-9a-f]{24}").isNotEqualTo(second.id());
    }

    @Test
    void takesNoOtherToken() {
        refused(403, caller("t1", 0, ENFORCER), Optional.empty());
        refused(403, caller("t1", 2, ENFORCER), Optional.empty());
        refused(403, caller("", 1, ENFORCER), Optional.empty());
        refused(403, caller("t1", 1, Set.of("*,*")), Optional.empty());
    }

    @Test
    void keepsTheEnforcerThatRenews() {
        EnforcerSubject same = new EnforcerSubject(ID, SHOP);
        assertThat(Enrolment.decide(enforcer(ID), Optional.of(certificate(same)))).isEqualTo(same);
    }

    @Test
    void renewsOnlyForTheHolderOfTheOldKey() {
        refused(401, enforcer(ID), Optional.empty());
        refused(
                401,
                enforcer(ID),
                Optional.of(
                        AUTHORITY
                                .issueCredential(
                                        new AppCredentialSubject(ID, "a", SHOP),
                                        Duration.ofHours(1))
                                .certificate()));
        refused(
                403,
                enforcer(ID),
                Optional.of(certificate(new EnforcerSubject("b".repeat(24), SHOP))));
        refused(403, enforcer(ID), Optional.of(certificate(new EnforcerSubject(ID, "/acme"))));
    }

    /// Otherwise an enforcer could make itself a one-use token and become a second one.
    @Test
    void neverMakesASecondEnforcerOfAnEnforcer() {
        Caller withOneUse =
                new Caller(
                        "enforcer:" + ID,
                        "certificate",
                        SHOP,
                        List.of("@auth:realm=certificate", "@auth:enforcerid=" + ID),
                        "t1",
                        1,
                        ENFORCER,
                        "");
        refused(401, withOneUse, Optional.empty());
    }

    private static void refused(int status, Caller caller, Optional<X509Certificate> presented) {
        assertThatThrownBy(() -> Enrolment.decide(caller, presented))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    private static Caller caller(String tokenId, int quota, Set<String> permissions) {
        return new Caller(
                "app:credential:x:administrator",
                "certificate",
                SHOP,
                List.of("@auth:realm=certificate"),
                tokenId,
                quota,
                permissions,
                "");
    }

    private static Caller enforcer(String id) {
        return new Caller(
                "enforcer:" + id,
                "certificate",
                SHOP,
                List.of("@auth:realm=certificate", "@auth:enforcerid=" + id),
                "",
                0,
                ENFORCER,
                "");
    }

    private static X509Certificate certificate(EnforcerSubject subject) {
        return switch (AUTHORITY.issueFromRequest(
                CertificateRequest.create(KeyPairs.generate()), subject, Duration.ofHours(1))) {
            case Issuance.Issued(X509Certificate certificate) -> certificate;
            case Issuance.Refused(String reason) -> throw new AssertionError(reason);
        };
    }
}
