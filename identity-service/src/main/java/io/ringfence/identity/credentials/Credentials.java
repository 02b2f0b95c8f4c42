package io.ringfence.identity.credentials;

import static io.ringfence.identity.credentials.CredentialResource.DECLARATION;
import static io.ringfence.identity.credentials.CredentialResource.FINGERPRINT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.Fingerprint;
import io.smallrye.mutiny.Uni;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The registered app credentials, for those who ask whether one may log in.
public final class Credentials {
    private Credentials() {}

    /// Whether whoever holds this certificate may log in with it now; empty: no. It must be the
    /// credential's current certificate, or the one before for as long as the overlap lasts; and a
    /// certificate whose name or namespace is not what was registered is somebody else's.
    public static Uni<Optional<CredentialLogin>> logIn(
            AppCredentialSubject subject,
            X509Certificate certificate,
            Instant now,
            Transaction transaction) {
        String fingerprint = Fingerprint.of(certificate);
        return enabled(subject, transaction)
                .map(found ->
                        found.filter(stored -> isCertificateOf(stored, fingerprint, now))
                                .map(Credentials::login));
    }

    /// Whether tokens of this credential are still good for anything.
    public static Uni<Boolean> isEnabled(AppCredentialSubject subject, Transaction transaction) {
        return enabled(subject, transaction).map(Optional::isPresent);
    }

    private static Uni<Optional<ObjectNode>> enabled(
            AppCredentialSubject subject, Transaction transaction) {
        return transaction
                .find(DECLARATION, subject.id())
                .map(found ->
                        found.filter(stored -> isThatOne(stored, subject))
                                .filter(stored ->
                                        !stored.path(CredentialResource.DISABLED).asBoolean()));
    }

    private static boolean isThatOne(ObjectNode stored, AppCredentialSubject subject) {
        return stored.path(CredentialResource.NAME).asText().equals(subject.name())
                && stored.path("namespace").asText().equals(subject.namespace());
    }

    private static boolean isCertificateOf(ObjectNode stored, String fingerprint, Instant now) {
        if (stored.path(FINGERPRINT).asText().equals(fingerprint)) {
            return true;
        }
        String until = stored.path(CredentialResource.FORMER_EXPIRATION).asText("");
        return stored.path(CredentialResource.FORMER_FINGERPRINT).asText().equals(fingerprint)
                && !until.isEmpty()
                && now.isBefore(Instant.parse(until));
    }

    private static CredentialLogin login(ObjectNode stored) {
        return new CredentialLogin(
                Optional.of(stored.path(CredentialResource.LONGEST_TOKEN).asText(""))
                        .filter(text -> !text.isEmpty())
                        .map(GoDuration::parse),
                texts(stored.path(CredentialResource.SUBNETS)));
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    /// Registers the credential that was made with the installation as administrator of its
    /// namespace. One that is known already stays as it is, so taking its rights away lasts.
    ///
    /// @param fingerprint of its certificate
    public static Uni<Boolean> registerAdministrator(
            AppCredentialSubject subject, String fingerprint, Transaction transaction) {
        return transaction
                .find(DECLARATION, subject.id())
                .chain(found ->
                        found.isPresent()
                                ? Uni.createFrom().item(false)
                                : transaction
                                        .insert(DECLARATION, administrator(subject, fingerprint))
                                        .replaceWith(true));
    }

    private static ObjectNode administrator(AppCredentialSubject subject, String fingerprint) {
        ObjectNode sent =
                JsonNodeFactory.instance
                        .objectNode()
                        .put(CredentialResource.NAME, subject.name())
                        .put("description", "The app credential made at the first start");
        sent.putArray(CredentialResource.ROLES).add(Permission.ADMINISTRATOR_ROLE.text());
        return ObjectCheck.forCreate(DECLARATION, sent)
                .put("ID", subject.id())
                .put("namespace", subject.namespace())
                .put(FINGERPRINT, fingerprint);
    }
}
