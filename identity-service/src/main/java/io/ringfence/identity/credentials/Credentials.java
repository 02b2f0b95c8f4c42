package io.ringfence.identity.credentials;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.smallrye.mutiny.Uni;

/// The registered app credentials.
public final class Credentials {
    private Credentials() {}

    /// Whether whoever holds this certificate may log in with it now. A certificate whose name or
    /// namespace is not what was registered is somebody else's.
    public static Uni<Boolean> mayLogIn(AppCredentialSubject subject, Transaction transaction) {
        return transaction
                .find(CredentialResource.DECLARATION, subject.id())
                .map(found ->
                        found.filter(stored -> isThatOne(stored, subject))
                                .filter(stored -> !stored.path("disabled").asBoolean())
                                .isPresent());
    }

    private static boolean isThatOne(ObjectNode stored, AppCredentialSubject subject) {
        return stored.path("name").asText().equals(subject.name())
                && stored.path("namespace").asText().equals(subject.namespace());
    }

    /// True if it was not known before.
    public static Uni<Boolean> register(AppCredentialSubject subject, Transaction transaction) {
        return transaction
                .find(CredentialResource.DECLARATION, subject.id())
                .chain(found ->
                        found.isPresent()
                                ? Uni.createFrom().item(false)
                                : transaction
                                        .insert(CredentialResource.DECLARATION, object(subject))
                                        .replaceWith(true));
    }

    private static ObjectNode object(AppCredentialSubject subject) {
        ObjectNode sent = JsonNodeFactory.instance.objectNode().put("name", subject.name());
        return ObjectCheck.forCreate(CredentialResource.DECLARATION, sent)
                .put("ID", subject.id())
                .put("namespace", subject.namespace());
    }
}
