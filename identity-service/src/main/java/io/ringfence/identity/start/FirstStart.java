package io.ringfence.identity.start;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.identity.credentials.Credentials;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.namespaces.NamespaceResource;
import io.ringfence.identity.namespaces.RootNamespace;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/// Announces the root namespace, and registers the administrator's app credential. A credential is
/// registered once: taking its rights away lasts.
@Singleton
final class FirstStart {
    private static final Logger LOG = Logger.getLogger(FirstStart.class);
    private static final String ADMINISTRATOR = "administrator";

    private final Transactions transactions;
    private final ObjectWriter writer;
    private final IdentityConfiguration configuration;

    FirstStart(
            Transactions transactions, ObjectWriter writer, IdentityConfiguration configuration) {
        this.transactions = transactions;
        this.writer = writer;
        this.configuration = configuration;
    }

    void prepare(@Observes StartupEvent start) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> transactions.run(this::prepare));
    }

    /// Two instances that start together take turns.
    private Uni<Void> prepare(Transaction transaction) {
        return transaction
                .exclusively("first start")
                .chain(() -> RootNamespace.exists(transaction))
                .chain(exists ->
                        exists
                                ? Uni.createFrom().voidItem()
                                : create(
                                        NamespaceResource.DECLARATION,
                                        RootNamespace.NOWHERE,
                                        RootNamespace.object(),
                                        transaction))
                .chain(() -> registerAdministrator(transaction));
    }

    private Uni<Void> registerAdministrator(Transaction transaction) {
        if (configuration.bootstrapCredentialId().isEmpty()) {
            LOG.warn("ringfence.identity.bootstrap-credential-id is not set: no administrator");
            return Uni.createFrom().voidItem();
        }
        AppCredentialSubject administrator =
                new AppCredentialSubject(
                        configuration.bootstrapCredentialId().get(),
                        ADMINISTRATOR,
                        NamespaceName.ROOT.absolute());
        return Credentials.registerAdministrator(
                        administrator,
                        configuration.bootstrapCredentialFingerprint().orElse(""),
                        transaction)
                .invoke(isNew -> {
                    if (isNew) {
                        LOG.infof(
                                "Registered %s as administrator of /", administrator.commonName());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> create(
            ResourceDeclaration resource,
            String namespace,
            ObjectNode object,
            Transaction transaction) {
        return writer.create(resource, console(namespace), object, transaction)
                .invoke(writer::committed)
                .replaceWithVoid();
    }

    private static Caller console(String namespace) {
        return new Caller(
                Principal.IDENTITY_SERVICE.commonName(),
                "console",
                namespace,
                List.of(),
                "",
                0,
                Set.of("*,*"),
                "");
    }
}
