package io.ringfence.identity.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.namespaces.Existence;
import io.ringfence.identity.roles.Deprecation;
import io.ringfence.identity.roles.Grantable;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.Fingerprint;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A new app credential gets a certificate, and its key is answered this once. With a request (CSR)
/// in an update it gets another certificate, and the one before stays good for twelve hours.
/// Whoever widens what a credential may do, or takes it over, must hold its roles.
@Singleton
final class CredentialBehaviour implements ResourceBehaviour {
    static final Duration OVERLAP = Duration.ofHours(12);

    private static final Pattern CREDENTIAL_SUBJECT =
            Pattern.compile("app:credential:([0-9a-f]{24}):.*");

    private final CredentialCertificates certificates;
    private final Clock clock = Clock.systemUTC();

    CredentialBehaviour(CredentialCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public String identity() {
        return CredentialResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        ObjectNode object = create.object();
        Grantable.require(create.caller(), CredentialResource.ROLES, roles(object));
        Deprecation.of(roles(object)).forEach(create::say);
        AppCredentialSubject subject =
                new AppCredentialSubject(
                        ObjectId.fresh(),
                        object.path(CredentialResource.NAME).asText(),
                        create.namespace());
        object.put("ID", subject.id());
        String csr = taken(object);
        CredentialCertificates.Issued issued =
                csr.isEmpty() ? certificates.issue(subject) : certificates.issue(subject, csr);
        object.put(CredentialResource.CERTIFICATE, issued.certificatePem())
                .put(CredentialResource.FINGERPRINT, Fingerprint.of(issued.certificate()));
        create.answerOnly()
                .set(CredentialResource.CREDENTIALS, certificates.shown(subject, issued));
        return Existence.held(new NamespaceName(create.namespace()), create.transaction())
                .chain(() -> parents(create))
                .invoke(parents -> object.set(CredentialResource.PARENTS, parents))
                .replaceWith(object);
    }

    /// The credential this one is made with, and those it was made with.
    private static Uni<ArrayNode> parents(Change create) {
        ArrayNode parents = JsonNodeFactory.instance.arrayNode();
        Optional<String> parent = credentialId(create.caller());
        if (parent.isEmpty()) {
            return Uni.createFrom().item(parents);
        }
        return create.transaction()
                .find(CredentialResource.DECLARATION, parent.get())
                .map(found -> {
                    found.map(each -> each.path(CredentialResource.PARENTS))
                            .ifPresent(others -> others.forEach(parents::add));
                    return parents.add(parent.get());
                });
    }

    private static Optional<String> credentialId(Caller caller) {
        Matcher subject = CREDENTIAL_SUBJECT.matcher(caller.subject());
        return caller.realm().equals("certificate") && subject.matches()
                ? Optional.of(subject.group(1))
                : Optional.empty();
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        ObjectNode object = update.object();
        ObjectNode stored = update.stored().orElseThrow();
        String csr = taken(object);
        if (!csr.isEmpty() || widens(stored, object)) {
            Grantable.require(update.caller(), CredentialResource.ROLES, roles(object));
            Grantable.require(update.caller(), CredentialResource.ROLES, roles(stored));
        }
        if (!csr.isEmpty()) {
            renew(update, object, csr);
        }
        return Uni.createFrom().item(object);
    }

    private void renew(Change update, ObjectNode object, String csr) {
        AppCredentialSubject subject =
                new AppCredentialSubject(
                        object.path("ID").asText(),
                        object.path(CredentialResource.NAME).asText(),
                        object.path("namespace").asText());
        CredentialCertificates.Issued issued = certificates.issue(subject, csr);
        Instant until = clock.instant().plus(OVERLAP);
        object.put(
                        CredentialResource.FORMER_FINGERPRINT,
                        object.path(CredentialResource.FINGERPRINT).asText())
                .put(CredentialResource.FORMER_EXPIRATION, Times.text(until))
                .put(CredentialResource.FINGERPRINT, Fingerprint.of(issued.certificate()))
                .put(CredentialResource.CERTIFICATE, issued.certificatePem());
        update.answerOnly()
                .set(CredentialResource.CREDENTIALS, certificates.shown(subject, issued));
    }

    private static boolean widens(ObjectNode stored, ObjectNode object) {
        boolean enables =
                stored.path(CredentialResource.DISABLED).asBoolean()
                        && !object.path(CredentialResource.DISABLED).asBoolean();
        return enables
                || differs(CredentialResource.ROLES, stored, object)
                || differs(CredentialResource.SUBNETS, stored, object)
                || differs(CredentialResource.LONGEST_TOKEN, stored, object);
    }

    private static boolean differs(String attribute, ObjectNode stored, ObjectNode object) {
        JsonNode before = stored.path(attribute);
        return !before.equals(object.path(attribute));
    }

    /// The request is used once and not kept.
    private static String taken(ObjectNode object) {
        String csr = object.path(CredentialResource.CSR).asText("");
        object.put(CredentialResource.CSR, "");
        return csr;
    }

    private static List<String> roles(ObjectNode object) {
        return Credentials.texts(object.path(CredentialResource.ROLES));
    }
}
