package io.ringfence.gateway;

import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Says what the services would say, as the services: identity-service about namespaces and
/// authorizations, policy-service about policies.
final class ConsoleState {
    private final TestKafka kafka = TestKafka.of(TestInstallation.get());
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();

    void namespace(String name) {
        ObjectFixture namespace = ObjectFixture.namespace(name);
        write(
                Topic.NAMESPACE_CHANGED,
                namespace.namespace(),
                namespace.id(),
                namespace.toState(1).toByteArray());
    }

    /// @return the policy's id
    String authorization(String name, String namespace, String account, String... identities) {
        account(account);
        return authorizationOf(
                name,
                namespace,
                List.of("@auth:realm=vince", "@auth:account=" + account),
                identities);
    }

    /// Of whoever has these claims; everything, unless identities are named.
    String authorizationOf(
            String name, String namespace, List<String> claims, String... identities) {
        ObjectFixture policy =
                ObjectFixture.named("apiauthorizationpolicy", name)
                        .in(namespace)
                        .with("subject", List.of(claims))
                        .with("authorizedNamespace", namespace)
                        .with(
                                "authorizedIdentities",
                                identities.length == 0 ? List.of("*,*") : List.of(identities));
        write(Topic.AUTHORIZATION_CHANGED, namespace, policy.id(), policy.toState(1).toByteArray());
        return policy.id();
    }

    /// An account that may log in; announced once, whatever happens to it later.
    void account(String name) {
        if (accounts.add(name)) {
            account(name, "Active", 1);
        }
    }

    void disableAccount(String name) {
        account(name, "Disabled", 2);
    }

    void deleteAccount(String name) {
        write(Topic.AUTHORIZATION_CHANGED, "/", ObjectFixture.named("account", name).id(), null);
    }

    private void account(String name, String status, long revision) {
        ObjectFixture account = ObjectFixture.named("account", name).in("/").with("status", status);
        write(
                Topic.AUTHORIZATION_CHANGED,
                "/",
                account.id(),
                account.toState(revision).toByteArray());
    }

    void logOut(String tokenId, String account) {
        ObjectFixture token =
                ObjectFixture.named("loggedouttoken", account).with("ID", tokenId).in("/");
        write(Topic.AUTHORIZATION_CHANGED, "/", tokenId, token.toState(1).toByteArray());
    }

    void credential(String id, String name, String namespace, boolean disabled) {
        ObjectFixture credential =
                ObjectFixture.named("appcredential", name)
                        .with("ID", id)
                        .in(namespace)
                        .with("disabled", disabled);
        write(
                Topic.AUTHORIZATION_CHANGED,
                namespace,
                id,
                credential.toState(disabled ? 2 : 1).toByteArray());
    }

    void revoke(String namespace, String id) {
        write(Topic.AUTHORIZATION_CHANGED, namespace, id, null);
    }

    void revokeEnforcer(String namespace, String id) {
        ObjectFixture certificate =
                ObjectFixture.named("enforcercertificate", id)
                        .with("ID", id)
                        .in(namespace)
                        .with("revoked", true);
        write(Topic.AUTHORIZATION_CHANGED, namespace, id, certificate.toState(1).toByteArray());
    }

    void revokedEnforcer(String namespace, String enforcerId) {
        ObjectFixture certificate =
                ObjectFixture.named("enforcercertificate", enforcerId)
                        .in(namespace)
                        .with("ID", enforcerId)
                        .with("revoked", true);
        write(
                Topic.AUTHORIZATION_CHANGED,
                namespace,
                enforcerId,
                certificate.toState(1).toByteArray());
    }

    void garbage(String namespace, String key) {
        write(Topic.NAMESPACE_CHANGED, namespace, key, new byte[] {1, 2, 3});
    }

    void policy(String enforcerId, byte[] signedPolicy) {
        send(
                Principal.POLICY_SERVICE,
                new ProducerRecord<>(Topic.POLICY_DELTA.topicName(), enforcerId, signedPolicy));
    }

    void directory(String tenant, byte[] signedDirectory) {
        send(
                Principal.POLICY_SERVICE,
                new ProducerRecord<>(Topic.DIRECTORY_DELTA.topicName(), tenant, signedDirectory));
    }

    /// Writes what policy-service publishes, in order, and returns when Kafka has all of it.
    void published(Stream<ProducerRecord<String, byte[]>> records) {
        try (var producer = producer(Principal.POLICY_SERVICE)) {
            for (var sent : records.map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Writes them all, in order, and returns when Kafka has them.
    void changed(List<AuditRecord> changes) {
        try (var producer = producer(Principal.IDENTITY_SERVICE)) {
            for (AuditRecord change : changes) {
                String namespace = change.getNamespace();
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        Topic.AUDIT_RECORDED.topicName(),
                                        Partitioning.ofNamespace(
                                                namespace, Partitioning.SINGLE_MACHINE),
                                        namespace,
                                        change.toByteArray()));
            }
            producer.flush();
        }
    }

    void changed(AuditRecord... changes) {
        changed(List.of(changes));
    }

    private void write(Topic topic, String namespace, String id, byte @Nullable [] value) {
        int partition = Partitioning.ofNamespace(namespace, Partitioning.SINGLE_MACHINE);
        send(
                Principal.IDENTITY_SERVICE,
                new ProducerRecord<>(topic.topicName(), partition, id, value));
    }

    private void send(Principal writer, ProducerRecord<String, byte[]> record) {
        try (var producer = producer(writer)) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new AssertionError("not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private KafkaProducer<String, byte[]> producer(Principal writer) {
        return new KafkaProducer<>(
                kafka.settingsOf(writer), new StringSerializer(), new ByteArraySerializer());
    }
}
