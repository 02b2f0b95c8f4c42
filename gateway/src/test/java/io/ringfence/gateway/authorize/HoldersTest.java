package io.ringfence.gateway.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.gateway.authorize.Holding.Ended;
import io.ringfence.gateway.authorize.Holding.Live;
import io.ringfence.gateway.authorize.Holding.Unknown;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldersTest {
    private static final String ID = "0123456789abcdef01234567";
    private static final String OTHER_ID = "fedcba9876543210fedcba98";
    private static final AssertedCaller CREDENTIAL =
            caller("certificate", "@auth:commonname=app:credential:" + ID + ":ci:nightly");
    private static final AssertedCaller ACCOUNT = caller("vince", "@auth:account=ada");
    private static final AssertedCaller ENFORCER =
            caller("certificate", "@auth:enforcerid=" + ID, "@auth:commonname=enforcer:" + ID);

    private final Holders holders =
            new Holders(Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an enabled credential        | appcredential | {"name": "ci:nightly"}                         | true
                    a disabled one               | appcredential | {"name": "ci:nightly", "disabled": true}       | false
                    an active account            | account       | {"name": "ada", "status": "Active"}            | true
                    a disabled one               | account       | {"name": "ada", "status": "Disabled"}          | false
                    one that is only invited     | account       | {"name": "ada", "status": "Invited"}           | false
                    an enforcer                  | enforcercertificate | {"name": "web-1"}                        | true
                    a revoked one                | enforcercertificate | {"name": "web-1", "revoked": true}       | false
                    """)
    void knowsWhoIsLive(String sentence, String identity, String json, boolean live) {
        put(ID, identity, json);

        AssertedCaller caller =
                switch (identity) {
                    case "appcredential" -> CREDENTIAL;
                    case "account" -> ACCOUNT;
                    default -> ENFORCER;
                };
        assertThat(holders.of(caller)).as(sentence).isInstanceOf(live ? Live.class : Ended.class);
    }

    @Test
    void believesNobodyItHasNotHeardOf() {
        put(OTHER_ID, "appcredential", "{\"name\": \"ci:nightly\"}");
        put(ID, "appcredential", "{\"name\": \"another name\"}");
        put(OTHER_ID, "account", "{\"name\": \"bob\", \"status\": \"Active\"}");

        assertThat(holders.of(CREDENTIAL)).isInstanceOf(Unknown.class);
        assertThat(holders.of(ACCOUNT)).isInstanceOf(Unknown.class);
    }

    @Test
    void forgetsWhomItGaveUpAsSoonAsTheyAreAnnounced() {
        holders.giveUp(ACCOUNT);
        assertThat(holders.of(ACCOUNT)).isInstanceOf(Ended.class);

        put(ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");

        assertThat(holders.of(ACCOUNT)).isInstanceOf(Live.class);
    }

    @Test
    void endsWithWhatWasDeleted() {
        put(ID, "appcredential", "{\"name\": \"ci:nightly\"}");
        put(OTHER_ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");

        holders.remove(ID);
        holders.remove(OTHER_ID);

        assertThat(holders.of(CREDENTIAL)).isInstanceOf(Ended.class);
        assertThat(holders.of(ACCOUNT)).isInstanceOf(Ended.class);
    }

    /// Its certificate is still good when its entry goes, with its namespace.
    @Test
    void endsAnEnforcerThatIsDeleted() {
        assertThat(holders.of(ENFORCER)).isInstanceOf(Live.class);

        holders.remove(ID);

        assertThat(holders.of(ENFORCER)).isInstanceOf(Ended.class);
    }

    @Test
    void endsATokenThatWasLoggedOutAndNoOther() {
        put(ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");
        put("t", "loggedouttoken", "{\"name\": \"ada\"}");
        AssertedCaller another =
                new AssertedCaller("ada", "vince", ACCOUNT.tags(), "another", 0, Restrictions.NONE);

        assertThat(holders.of(ACCOUNT)).isInstanceOf(Ended.class);
        assertThat(holders.of(another)).isInstanceOf(Live.class);

        holders.remove("t");

        assertThat(holders.of(ACCOUNT)).isInstanceOf(Live.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the token it was made from | parent
                    the first of all           | grandparent
                    """)
    void endsATokenWithEachItWasMadeFrom(String sentence, String loggedOut) {
        put(ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");
        AssertedCaller caller =
                new AssertedCaller(
                        "ada",
                        "vince",
                        ACCOUNT.tags(),
                        "t",
                        0,
                        Restrictions.NONE,
                        List.of("grandparent", "parent"));
        put("a child", "loggedouttoken", "{\"name\": \"ada\"}");
        assertThat(holders.of(caller)).isInstanceOf(Live.class);

        put(loggedOut, "loggedouttoken", "{\"name\": \"ada\"}");

        assertThat(holders.of(caller)).as(sentence).isInstanceOf(Ended.class);
    }

    @Test
    void saysOnceThatAnEnforcerWasRevoked() {
        assertThat(put(ID, "enforcercertificate", "{}")).isFalse();
        assertThat(put(ID, "enforcercertificate", "{\"revoked\": true}")).isTrue();
        assertThat(put(ID, "enforcercertificate", "{\"revoked\": true}")).isFalse();
    }

    /// An account of the same name that came after the one that was deleted.
    @Test
    void doesNotEndASuccessor() {
        put(ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");
        put(OTHER_ID, "account", "{\"name\": \"ada\", \"status\": \"Active\"}");

        holders.remove(ID);

        assertThat(holders.of(ACCOUNT)).isInstanceOf(Live.class);
    }

    private boolean put(String id, String identity, String json) {
        ObjectState state = ObjectState.newBuilder().setId(id).setIdentity(identity).build();
        try {
            return holders.put(state, new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static AssertedCaller caller(String realm, String... tags) {
        return new AssertedCaller("someone", realm, List.of(tags), "t", 0, Restrictions.NONE);
    }
}
