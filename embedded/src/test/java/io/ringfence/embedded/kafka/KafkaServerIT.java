package io.ringfence.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.embedded.EmbeddedServers;
import io.ringfence.embedded.init.Installation;
import io.ringfence.embedded.jwks.JwksEndpoint;
import io.ringfence.embedded.process.ServerProcess;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaServerIT {
    private static final Set<String> TOPICS =
            Arrays.stream(Topic.values())
                    .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                    .collect(Collectors.toSet());

    @TempDir private static Path folder;

    private static Installation installation;
    private static JwksEndpoint jwks;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        installation = EmbeddedServers.install(folder);
        jwks = JwksEndpoint.start(installation.folder().jwks(), installation.ports().jwks());
        server = EmbeddedServers.kafka(installation);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        jwks.close();
    }

    @Test
    void hasTheTopicsOfTheTableAndNoOther() throws Exception {
        try (Admin admin = client("launcher").admin()) {
            assertThat(admin.listTopics().names().get()).isEqualTo(TOPICS);
            assertThat(
                            admin.describeTopics(Set.of(Topic.POLICY_DELTA.topicName()))
                                    .allTopicNames()
                                    .get()
                                    .values())
                    .allSatisfy(topic ->
                            assertThat(topic.partitions()).hasSize(Partitioning.SINGLE_MACHINE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ENFORCER", mode = EnumSource.Mode.EXCLUDE)
    void letsAServiceDoWhatTheTableSaysAndNothingElse(Principal service) {
        TestClient client = client(service.commonName());

        assertThat(client.writable(TOPICS)).isEqualTo(writableBy(service));
        assertThat(client.readable(TOPICS, client("launcher"))).isEqualTo(readableBy(service));
    }

    @Test
    void letsAServiceReadInGroupsOfItsOwnNameOnly() {
        TestClient policyService = client("policy-service");
        String topic = Topic.RULESET_CHANGED.topicName();

        policyService.commit("policy-service-compile", topic);

        assertThatThrownBy(() -> policyService.commit("gateway-stream", topic))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void letsAnEnforcerWriteItsReportsAndNothingElse() {
        TestClient enforcer = enforcer(token("enforcer", Claim.KAFKA_AUDIENCE));

        assertThat(enforcer.writable(TOPICS))
                .isEqualTo(writableBy(Principal.ENFORCER))
                .containsExactlyInAnyOrder("flow.observed.v1", "enforcer.report.v1");
        assertThat(enforcer.readable(TOPICS, client("launcher"))).isEmpty();
    }

    @Test
    void givesNoRightsToACertificateThatNoTopicNames() {
        CertificateAuthority authority =
                CertificateAuthority.load(
                        installation.folder().authority(), installation.folder().authorityKey());
        Path keystore = folder.resolve("stranger.keystore.pem");
        authority
                .issueProcess("stranger", List.of(), Duration.ofHours(1))
                .writeKeystore(keystore, authority.certificate());

        assertThat(TestClient.mutualTls(installation, keystore).writable(TOPICS)).isEmpty();
    }

    /// Enforcers and app credentials have certificates of the same authority. Whatever they are
    /// named, they are no service.
    @Test
    void givesNoRightsToEnforcersAndAppCredentials() {
        CertificateAuthority authority =
                CertificateAuthority.load(
                        installation.folder().authority(), installation.folder().authorityKey());
        KeyPair keys = KeyPairs.generate();
        KeyAndCertificate enforcer =
                switch (authority.issueFromRequest(
                        CertificateRequest.create(keys),
                        new EnforcerSubject("e".repeat(24), "/acme"),
                        Duration.ofHours(1))) {
                    case Issuance.Issued(X509Certificate certificate) ->
                            new KeyAndCertificate(keys.getPrivate(), certificate);
                    case Issuance.Refused(String reason) -> throw new AssertionError(reason);
                };
        KeyAndCertificate credential =
                authority.issueCredential(
                        new AppCredentialSubject("c".repeat(24), "policy-service", "/"),
                        Duration.ofHours(1));
        for (KeyAndCertificate holder : List.of(enforcer, credential)) {
            Path keystore = folder.resolve("holder.keystore.pem");
            holder.writeKeystore(keystore, authority.certificate());
            TestClient client = TestClient.mutualTls(installation, keystore);

            assertThat(client.writable(TOPICS)).isEmpty();
            assertThat(client.readable(TOPICS, client("launcher"))).isEmpty();
        }
    }

    @Test
    void refusesAStrangersCertificate() {
        CertificateAuthority stranger =
                CertificateAuthority.create("Ringfence console", Clock.systemUTC());
        Path keystore = folder.resolve("impostor.keystore.pem");
        stranger.issueProcess("kafka", List.of(), Duration.ofHours(1))
                .writeKeystore(keystore, stranger.certificate());

        assertThatThrownBy(() -> TestClient.mutualTls(installation, keystore).writable(TOPICS))
                .hasCauseInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void refusesATokenForTheApi() {
        assertRefused(token("enforcer", Claim.API_AUDIENCE));
    }

    @Test
    void refusesAnExpiredToken() {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));

        assertRefused(
                new TokenSigner(
                                tokenKey(),
                                keyId(),
                                Clock.fixed(anHourAgo, java.time.ZoneOffset.UTC))
                        .sign(claims("enforcer", Claim.KAFKA_AUDIENCE, anHourAgo)));
    }

    @Test
    void refusesATokenOfAnotherKey() {
        assertRefused(
                new TokenSigner(KeyPairs.generate().getPrivate(), keyId(), Clock.systemUTC())
                        .sign(claims("enforcer", Claim.KAFKA_AUDIENCE, Instant.now())));
    }

    @Test
    void aTokenInTheNameOfASuperuserIsWorthNothing() {
        assertThat(enforcer(token("kafka", Claim.KAFKA_AUDIENCE)).writable(TOPICS)).isEmpty();
    }

    @Test
    void keepsWhatWasAcknowledgedWhenItIsKilled() throws Exception {
        TestClient launcher = client("launcher");
        String topic = Topic.RULESET_CHANGED.topicName();
        launcher.write(topic, 3, "kept");

        server.kill();
        server = EmbeddedServers.kafka(installation);

        assertThat(launcher.read(topic, 3)).contains("kept");
        assertThat(client("policy-service").writable(TOPICS))
                .isEqualTo(writableBy(Principal.POLICY_SERVICE));
    }

    private static Set<String> writableBy(Principal principal) {
        return Arrays.stream(Topic.values())
                .<String>mapMulti((topic, add) -> {
                    if (topic.writers().contains(principal)) {
                        add.accept(topic.topicName());
                    }
                    if (topic.readers().contains(principal)) {
                        add.accept(topic.deadLetterName());
                    }
                })
                .collect(Collectors.toSet());
    }

    private static Set<String> readableBy(Principal principal) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.readers().contains(principal))
                .map(Topic::topicName)
                .collect(Collectors.toSet());
    }

    private static void assertRefused(String token) {
        assertThatThrownBy(() -> enforcer(token).writable(TOPICS))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    private static TestClient client(String process) {
        return TestClient.mutualTls(installation, installation.folder().keystore(process));
    }

    private static TestClient enforcer(String token) {
        return TestClient.token(installation, token);
    }

    private static String token(String subject, String audience) {
        return TokenSigner.of(tokenKey(), Clock.systemUTC())
                .sign(claims(subject, audience, Instant.now()));
    }

    private static TokenClaims claims(String subject, String audience, Instant issuedAt) {
        return new TokenClaims(
                "t1",
                subject,
                "certificate",
                Map.of(),
                Restrictions.NONE,
                0,
                Set.of(audience),
                issuedAt,
                issuedAt.plus(Duration.ofMinutes(5)));
    }

    private static PrivateKey tokenKey() {
        return Pem.readPrivateKey(installation.folder().tokenKey());
    }

    private static String keyId() {
        return JwksDocument.keyId(KeyPairs.publicKeyOf(tokenKey()));
    }
}
