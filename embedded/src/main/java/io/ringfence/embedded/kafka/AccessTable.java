package io.ringfence.embedded.kafka;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// Who may do what, from the table's columns: writers write, readers read with groups that begin
/// with their name and write to the topic's dead letters. Everything else is refused. Reading and
/// writing include describing, and writing any topic includes doing so idempotently.
final class AccessTable {
    private static final String ANY_HOST = "*";

    private AccessTable() {}

    /// Makes the broker's rules equal to the table: missing ones are added, others removed.
    static void ensure(Admin admin) throws ExecutionException, InterruptedException {
        Set<AclBinding> wanted = rules();
        Set<AclBinding> present =
                new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
        Set<AclBinding> missing = new HashSet<>(wanted);
        missing.removeAll(present);
        Set<AclBinding> unwanted = new HashSet<>(present);
        unwanted.removeAll(wanted);
        admin.createAcls(missing).all().get();
        admin.deleteAcls(unwanted.stream().map(AclBinding::toFilter).toList()).all().get();
    }

    static Set<AclBinding> rules() {
        Set<AclBinding> rules = new HashSet<>();
        for (Topic topic : Topic.values()) {
            topic.writers().forEach(writer -> write(rules, writer, topic.topicName()));
            for (Principal reader : topic.readers()) {
                rules.add(topic(reader, topic.topicName(), AclOperation.READ));
                write(rules, reader, topic.deadLetterName());
                rules.add(
                        rule(
                                reader,
                                ResourceType.GROUP,
                                reader.commonName(),
                                PatternType.PREFIXED,
                                AclOperation.READ));
            }
        }
        return rules;
    }

    private static void write(Set<AclBinding> rules, Principal writer, String topic) {
        rules.add(topic(writer, topic, AclOperation.WRITE));
        if (writer == Principal.ENFORCER) {
            return;
        }
        rules.add(
                rule(
                        writer,
                        ResourceType.TRANSACTIONAL_ID,
                        writer.commonName(),
                        PatternType.PREFIXED,
                        AclOperation.WRITE));
    }

    private static AclBinding topic(Principal principal, String topic, AclOperation operation) {
        return rule(principal, ResourceType.TOPIC, topic, PatternType.LITERAL, operation);
    }

    private static AclBinding rule(
            Principal principal,
            ResourceType type,
            String name,
            PatternType pattern,
            AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(
                        principal.kafkaName(), ANY_HOST, operation, AclPermissionType.ALLOW));
    }
}
