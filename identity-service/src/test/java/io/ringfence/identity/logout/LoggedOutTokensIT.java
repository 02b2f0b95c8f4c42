package io.ringfence.identity.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class LoggedOutTokensIT {
    private static final Caller SOMEBODY =
            new Caller("somebody", "vince", "/", List.of(), "", 0, Set.of(), "");

    @Inject Transactions transactions;

    /// No gateway needs to remember a token that nobody would believe anyway.
    @Test
    void takesBackWhatWouldHaveExpired() throws Throwable {
        LoggedOutTokens tokens = new LoggedOutTokens(transactions, 10);
        Instant now = Instant.now();
        TokenClaims brief = token("brief", now.plus(Duration.ofMinutes(1)));
        TokenClaims lasting = token("brief", now.plus(Duration.ofDays(1)));
        did(() -> tokens.logOut(brief, SOMEBODY));
        did(() -> tokens.logOut(lasting, SOMEBODY));

        did(() -> tokens.forgetExpired(now.plus(Duration.ofMinutes(30))));

        assertThat(did(() -> tokens.holdsAnyOf(List.of(brief.tokenId())))).isFalse();
        assertThat(did(() -> tokens.holdsAnyOf(List.of(brief.tokenId(), lasting.tokenId()))))
                .isTrue();
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUTHORIZATION_CHANGED.topicName())) {
            topic.await(record -> brief.tokenId().equals(record.key()) && record.value() == null);
        }
    }

    @Test
    void keepsOnlySoManyOfOneHolder() throws Throwable {
        LoggedOutTokens tokens = new LoggedOutTokens(transactions, 2);
        Instant later = Instant.now().plus(Duration.ofHours(1));
        TokenClaims first = token("busy", later);
        did(() -> tokens.logOut(first, SOMEBODY));
        did(() -> tokens.logOut(token("busy", later), SOMEBODY));

        assertThatThrownBy(() -> did(() -> tokens.logOut(token("busy", later), SOMEBODY)))
                .hasMessageContaining("shorter validity");
        did(() -> tokens.logOut(first, SOMEBODY));
        did(() -> tokens.logOut(token("another", later), SOMEBODY));
    }

    private static <T> T did(Supplier<Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(work);
    }

    private static TokenClaims token(String account, Instant expires) {
        return new TokenClaims(
                UUID.randomUUID().toString(),
                account,
                "vince",
                Map.of("account", account),
                Restrictions.NONE,
                0,
                Set.of(Claim.API_AUDIENCE),
                Instant.now(),
                expires);
    }
}
