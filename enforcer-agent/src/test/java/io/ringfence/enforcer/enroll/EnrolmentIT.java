package io.ringfence.enforcer.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.trust.certificate.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentIT {
    @TempDir private Path folder;
    private FakeConsole console;
    private Path tokenFile;

    @BeforeEach
    void start() throws Exception {
        console = new FakeConsole();
        tokenFile = Files.writeString(folder.resolve("token"), FakeConsole.TOKEN + "\n");
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
    }

    @Test
    void enrollsWithTheTokenAndKeepsTheKeyToItself() throws Exception {
        EnforcerIdentity identity = enrolment(console.authority().certificate()).enroll();
        assertThat(identity.id()).isEqualTo(FakeConsole.ENFORCER);
        assertThat(identity.namespace()).isEqualTo(FakeConsole.NAMESPACE);
        assertThat(identity.consoleId()).isEqualTo(FakeConsole.CONSOLE);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("identity.json"))))
                .isEqualTo("rw-------");
        assertThat(enrolment(console.authority().certificate()).stored()).contains(identity);
    }

    @Test
    void renewsWithTheCertificateAloneAndANewKey() throws Exception {
        Enrolment enrolment = enrolment(console.authority().certificate());
        EnforcerIdentity first = enrolment.enroll();
        Files.delete(tokenFile);
        EnforcerIdentity renewed = enrolment.renew(first);
        assertThat(renewed.subject()).isEqualTo(first.subject());
        assertThat(renewed.credential().key()).isNotEqualTo(first.credential().key());
        assertThat(enrolment.stored()).contains(renewed);
    }

    @Test
    void saysThatThereIsNoToken() throws Exception {
        Files.delete(tokenFile);
        assertThatThrownBy(() -> enrolment(console.authority().certificate()).enroll())
                .hasMessageContaining("no bootstrap token in " + tokenFile);
    }

    @Test
    void givesTheTokenToNobodyButThePinnedConsole() {
        X509Certificate other =
                CertificateAuthority.create("another console", Clock.systemUTC()).certificate();
        assertThatThrownBy(() -> enrolment(other).enroll()).isInstanceOf(SSLException.class);
        assertThat(console.requests()).isEmpty();
    }

    @Test
    void registersTheHostWithItsAddresses() throws Exception {
        EnforcerIdentity identity = enrolment(console.authority().certificate()).enroll();
        Host host =
                new Host("db", "db", "machine-1", List.of("app=db"), new TreeSet<>())
                        .withAddresses(Set.of(InetAddress.ofLiteral("10.77.0.5")));
        try (Console access = Console.of(console.api(), identity)) {
            assertThat(Registration.register(access, identity, host)).isEqualTo("pu1");
            Registration.poke(access, identity);
        }
        assertThat(console.requests().subList(1, 4))
                .satisfiesExactly(
                        enforcer ->
                                assertThat(enforcer)
                                        .startsWith("POST /enforcers ")
                                        .contains("\"FQDN\":\"db\"", "\"machine-1\""),
                        unit ->
                                assertThat(unit)
                                        .startsWith("POST /processingunits ")
                                        .contains(
                                                "\"type\":\"Host\"",
                                                "\"addresses\":[\"10.77.0.5\"]",
                                                "\"metadata\":[\"@os:host=db\"]",
                                                "\"associatedTags\":[\"app=db\"]",
                                                "\"nativeContextID\":\"machine-1\"",
                                                "\"enforcerID\":\"" + FakeConsole.ENFORCER),
                        poke -> assertThat(poke).contains("/poke"));
    }

    private Enrolment enrolment(X509Certificate authority) throws IOException {
        return new Enrolment(
                console.api(),
                FakeConsole.NAMESPACE,
                "db",
                tokenFile,
                authority,
                StateFolder.open(folder));
    }
}
