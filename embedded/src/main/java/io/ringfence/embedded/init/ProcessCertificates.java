package io.ringfence.embedded.init;

import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TrustedCertificates;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A certificate for each process. One that is there stays while it is ours, names everything it
/// has to and lives for another month.
final class ProcessCertificates {
    static final List<String> PROCESSES =
            List.of(
                    "gateway",
                    "identity-service",
                    "policy-service",
                    "flow-ingest-service",
                    "metrics-service",
                    "kafka",
                    "launcher");

    /// Those that others reach from outside this machine.
    private static final Set<String> ADVERTISED = Set.of("gateway", "kafka");

    private static final Duration LIFE = Duration.ofDays(2 * 365);
    private static final Duration MONTH = Duration.ofDays(30);

    private final DataFolder folder;
    private final CertificateAuthority authority;
    private final Clock clock;

    ProcessCertificates(DataFolder folder, CertificateAuthority authority, Clock clock) {
        this.folder = folder;
        this.authority = authority;
        this.clock = clock;
    }

    void ensure(Collection<String> advertised) {
        for (String process : PROCESSES) {
            List<String> names =
                    Stream.concat(
                                    Stream.of("localhost", process, "127.0.0.1"),
                                    ADVERTISED.contains(process)
                                            ? advertised.stream()
                                            : Stream.empty())
                            .distinct()
                            .toList();
            if (!fits(process, names)) {
                issue(process, names);
            }
        }
    }

    /// The key store goes last: it being there means that the other two are of the same key.
    private void issue(String process, List<String> names) {
        KeyAndCertificate issued = authority.issueProcess(process, names, LIFE);
        issued.write(folder.certificate(process), folder.key(process));
        issued.writeKeystore(folder.keystore(process), authority.certificate());
    }

    private boolean fits(String process, List<String> names) {
        if (!Stream.of(folder.certificate(process), folder.key(process), folder.keystore(process))
                .allMatch(Files::exists)) {
            return false;
        }
        try {
            KeyAndCertificate present =
                    KeyAndCertificate.read(folder.certificate(process), folder.key(process));
            return isOurs(present.certificate())
                    && holdsItsOwnKey(process, present)
                    && namesOf(present.certificate()).containsAll(canonical(names));
        } catch (IllegalArgumentException | CertificateException damaged) {
            return false;
        }
    }

    private boolean isOurs(X509Certificate certificate) throws CertificateException {
        return new TrustedCertificates(authority.certificate(), clock)
                        .verify(certificate.getEncoded(), clock.instant().plus(MONTH))
                instanceof CertificateCheck.Trusted;
    }

    private boolean holdsItsOwnKey(String process, KeyAndCertificate present) {
        return Pem.readPrivateKey(folder.keystore(process)).equals(present.key())
                && Pem.readCertificate(folder.keystore(process)).equals(present.certificate());
    }

    private static Set<String> namesOf(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Set.of()
                : canonical(names.stream().map(name -> String.valueOf(name.get(1))).toList());
    }

    /// IPv6 addresses have several spellings.
    private static Set<String> canonical(Collection<String> names) {
        return names.stream().map(ProcessCertificates::canonical).collect(Collectors.toSet());
    }

    private static String canonical(String name) {
        try {
            return InetAddress.ofLiteral(name).getHostAddress();
        } catch (IllegalArgumentException dnsName) {
            return name;
        }
    }
}
