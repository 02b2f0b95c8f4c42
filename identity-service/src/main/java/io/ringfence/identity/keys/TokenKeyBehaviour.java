package io.ringfence.identity.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Creating a key rotates; deleting one withdraws it, and brings another at once if nothing else
/// could sign.
@Singleton
final class TokenKeyBehaviour implements ResourceBehaviour {
    private static final Logger LOG = Logger.getLogger(TokenKeyBehaviour.class);

    private final StoredKeys stored;
    private final TokenKeys keys;

    TokenKeyBehaviour(StoredKeys stored, TokenKeys keys) {
        this.stored = stored;
        this.keys = keys;
    }

    @Override
    public String identity() {
        return TokenKeyResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        if (!new NamespaceName(create.namespace()).isRoot()) {
            throw Fault.invalid(
                            "namespace", "Keys that sign tokens live in /: set X-Namespace to /")
                    .asException();
        }
        return stored.inTurn(create.transaction())
                .map(_ -> stored.fill(create.object(), stored.next()));
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        String id = delete.object().path("ID").asText();
        return stored.inTurn(delete.transaction())
                .chain(() -> stored.schedule(delete.transaction()))
                .chain(schedule ->
                        schedule.without(id).signing(keys.now()).isPresent()
                                ? Uni.createFrom().voidItem()
                                : stored.insert(stored.atOnce(), delete.transaction())
                                        .replaceWithVoid());
    }

    @Override
    public void afterCommit(Change change, ObjectNode object) {
        boolean isDelete = change.stored().filter(before -> before == change.object()).isPresent();
        if (isDelete) {
            keys.withdraw(object.path("ID").asText());
            LOG.infof(
                    "%s withdrew token key %s",
                    change.caller().subject(), object.path(TokenKeyResource.KEY_ID).asText());
        }
        keys.refresh()
                .subscribe()
                .with(
                        schedule -> {},
                        failure ->
                                LOG.warnf(
                                        "Token keys are read again in a moment: %s",
                                        failure.getMessage()));
    }

    @Override
    public ObjectNode shown(ObjectNode object) {
        String id = object.path("ID").asText();
        KeySchedule schedule = keys.schedule();
        Optional<TokenKey> known =
                schedule.keys().stream().filter(key -> key.id().equals(id)).findFirst();
        ObjectNode shown = object.deepCopy();
        if (known.isEmpty()) {
            return shown.put(TokenKeyResource.STATE, KeySchedule.State.PUBLISHED.apiName());
        }
        Instant now = keys.now();
        shown.put(TokenKeyResource.STATE, schedule.state(known.get(), now).apiName());
        schedule.signsUntil(known.get())
                .ifPresent(end -> shown.put(TokenKeyResource.SIGNS_UNTIL, Times.text(end)));
        schedule.publishedUntil(known.get())
                .ifPresent(end -> shown.put(TokenKeyResource.PUBLISHED_UNTIL, Times.text(end)));
        return shown;
    }
}
