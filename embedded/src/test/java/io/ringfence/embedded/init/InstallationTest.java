package io.ringfence.embedded.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.token.JwksDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    private static final Ports PORTS = new Ports(20_000);

    @TempDir private Path path;

    @Test
    void secretsAreTheirOwnersOnly() throws IOException {
        Installation installation = create();

        DataFolder folder = installation.folder();
        List<Path> secrets =
                List.of(
                        folder.authorityKey(),
                        folder.tokenKey(),
                        folder.postgresPasswords(),
                        folder.administratorCredential(),
                        folder.key("gateway"),
                        folder.keystore("kafka"),
                        folder.config("identity-service"),
                        folder.config("postgres"));
        assertThat(secrets)
                .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        assertThat(List.of(folder.pki(), folder.keys(), folder.credentials(), folder.config()))
                .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rwx------"));
    }

    @Test
    void noOtherFileHoldsAPrivateKeyOrAPassword() throws IOException {
        Installation installation = create();

        for (Map.Entry<Path, String> file : contents().entrySet()) {
            if (permissions(file.getKey()).equals("rw-------")) {
                continue;
            }
            assertThat(file.getValue())
                    .as(file.getKey().toString())
                    .doesNotContain("PRIVATE KEY")
                    .doesNotContain(installation.postgresPasswords().values());
        }
    }

    @Test
    void keepsEverythingInASecondRun() throws IOException {
        create();
        Map<Path, String> before = contents();

        create();

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void renewsOnlyTheCertificatesThatNameANewAddress() throws Exception {
        create();
        Map<Path, String> before = contents();

        Installation moved = Installation.create(path, PORTS, List.of("10.77.0.1", "fd00::1"));

        Map<Path, String> after = contents();
        DataFolder folder = moved.folder();
        assertThat(
                        Pem.readCertificate(folder.certificate("kafka"))
                                .getSubjectAlternativeNames()
                                .stream()
                                .map(name -> String.valueOf(name.get(1))))
                .contains("10.77.0.1", "fd00:0:0:0:0:0:0:1", "localhost", "127.0.0.1");
        assertThat(after.get(folder.key("kafka"))).isNotEqualTo(before.get(folder.key("kafka")));
        assertThat(after.get(folder.certificate("policy-service")))
                .isEqualTo(before.get(folder.certificate("policy-service")));
        assertThat(after.get(folder.authority())).isEqualTo(before.get(folder.authority()));

        Installation.create(path, PORTS, List.of("10.77.0.1", "fd00::1"));
        assertThat(contents()).isEqualTo(after);
    }

    @Test
    void completesWhatAnInterruptedRunLeft() throws Exception {
        DataFolder folder = create().folder();
        Files.delete(folder.keystore("kafka"));
        Files.delete(folder.jwks());
        Pem.writeSecret(folder.key("gateway"), Pem.of(KeyPairs.generate().getPrivate()));

        create();

        assertThat(
                        JwksDocument.parse(Files.readString(folder.jwks()))
                                .key(
                                        JwksDocument.keyId(
                                                KeyPairs.publicKeyOf(
                                                        Pem.readPrivateKey(folder.tokenKey())))))
                .isPresent();
        assertThat(Files.readString(folder.keystore("kafka")))
                .contains(Files.readString(folder.key("kafka")))
                .contains(Files.readString(folder.certificate("kafka")))
                .contains(Files.readString(folder.authority()));
        assertThat(
                        TlsContexts.of(
                                folder.authority(),
                                folder.certificate("gateway"),
                                folder.key("gateway")))
                .isNotNull();
        assertThat(KeyPairs.publicKeyOf(Pem.readPrivateKey(folder.key("gateway"))))
                .isEqualTo(Pem.readCertificate(folder.certificate("gateway")).getPublicKey());
    }

    @Test
    void theAdministratorHasACredentialOfTheOldForm() throws Exception {
        Installation installation = create();
        DataFolder folder = installation.folder();

        Map<String, Object> credential =
                JsonUtil.parseJson(Files.readString(folder.administratorCredential()));

        assertThat(credential.keySet())
                .containsExactlyInAnyOrder(
                        "APIURL",
                        "ID",
                        "name",
                        "namespace",
                        "certificate",
                        "certificateKey",
                        "certificateAuthority");
        assertThat(credential)
                .containsEntry("APIURL", "https://127.0.0.1:20443")
                .containsEntry("namespace", "/")
                .containsEntry("ID", installation.administratorId());
        String pem =
                new String(
                        Base64.getDecoder().decode(String.valueOf(credential.get("certificate"))),
                        StandardCharsets.UTF_8);
        assertThat(AppCredentialSubject.parse(Pem.certificate(pem)))
                .contains(
                        new AppCredentialSubject(
                                installation.administratorId(), "administrator", "/"));
        assertThat(
                        new TrustedCertificates(Pem.readCertificate(folder.authority()))
                                .verify(Pem.certificate(pem).getEncoded()))
                .isInstanceOf(CertificateCheck.Trusted.class);
    }

    @Test
    void theCredentialFollowsTheApiToAnotherPort() throws Exception {
        Installation before = create();

        Installation after = Installation.create(path, new Ports(30_000), List.of());

        assertThat(after.administratorId()).isEqualTo(before.administratorId());
        assertThat(JsonUtil.parseJson(Files.readString(after.folder().administratorCredential())))
                .containsEntry("APIURL", "https://127.0.0.1:30443");
    }

    @Test
    void tellsIdentityServiceEverythingItNeeds() {
        Installation installation = create();

        assertThat(ServiceConfiguration.of(installation, Principal.IDENTITY_SERVICE))
                .containsEntry("quarkus.http.ssl-port", "20101")
                .containsEntry("quarkus.http.ssl.client-auth", "required")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.management.port", "20201")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:20432/ringfence")
                .containsEntry(
                        "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:20432/ringfence")
                .containsEntry("quarkus.datasource.username", "identity")
                .containsEntry("kafka.bootstrap.servers", "127.0.0.1:20092")
                .containsEntry("ringfence.console-id", installation.consoleId())
                .containsEntry(
                        "ringfence.identity.bootstrap-credential-id",
                        installation.administratorId());
    }

    @Test
    void tellsOnlyIdentityServiceTheKeysThatIssue() {
        Installation installation = create();

        assertThat(
                        Stream.of(
                                        Principal.POLICY_SERVICE,
                                        Principal.METRICS_SERVICE,
                                        Principal.FLOW_INGEST_SERVICE,
                                        Principal.GATEWAY)
                                .map(service -> ServiceConfiguration.of(installation, service))
                                .flatMap(keys -> keys.values().stream()))
                .doesNotContain(
                        installation.folder().authorityKey().toString(),
                        installation.folder().tokenKey().toString());
    }

    private Installation create() {
        return Installation.create(path, PORTS, List.of());
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file));
            }
        }
        return contents;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
