package io.ringfence.engine.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.Action;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TrafficAction;
import io.ringfence.engine.incremental.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldStateTest {
    private final WorldState state = new WorldState();

    @Test
    void readsARulesetAsTheApiShowsIt() throws Exception {
        state.apply(
                Topic.RULESET_CHANGED,
                "r1",
                States.ruleset(
                        "r1",
                        1,
                        "/acme/shop",
                        """
                        {'name':'shop','subject':[['app=web','env=prod'],['app=api']],'propagate':true,
                         'incomingRules':[{'action':'Reject','object':[['app=dev']],'protocolPorts':['tcp/80','udp/53'],
                                           'observationEnabled':true,'logsDisabled':true,'name':'no dev'}],
                         'outgoingRules':[{'action':'Allow','object':[['net=*']],'protocolPorts':[]}],
                         'fallback':null,'annotations':{}}
                        """));
        Ruleset ruleset = present(state.takeUpdate().world().rulesets(), "r1");
        assertThat(ruleset.name()).isEqualTo("shop");
        assertThat(ruleset.propagate()).isTrue();
        assertThat(ruleset.fallback()).isFalse();
        assertThat(ruleset.subject().clauses())
                .containsExactly(List.of("app=web", "env=prod"), List.of("app=api"));
        Rule rule = ruleset.incoming().getFirst();
        assertThat(rule.ports()).hasToString("[tcp/80, udp/53]");
        assertThat(rule.action()).isEqualTo(Action.REJECT);
        assertThat(rule.observation() && rule.logsDisabled()).isTrue();
        assertThat(ruleset.outgoing().getFirst())
                .isEqualTo(
                        new Rule(
                                "",
                                Action.ALLOW,
                                TagExpression.parse(List.of(List.of("net=*"))),
                                List.of(),
                                false,
                                false));
    }

    @Test
    void aHeartbeatConcernsNobody() throws Exception {
        state.apply(Topic.ENFORCER_CHANGED, "e1", States.enforcer("e1", "/acme"));
        state.apply(
                Topic.PROCESSING_UNIT_CHANGED, "u1", States.unit("u1", "/acme", "e1", "10.0.0.1"));
        assertThat(state.takeUpdate().turned()).containsExactly("e1");

        String unit =
                "{'enforcerID':'e1','addresses':['10.0.0.1'],'normalizedTags':['app=web'],"
                        + "'operationalStatus':'Running','lastLocalTimestamp':'%s'}";
        String time = "2026-04-07T10:00:05.000Z";
        state.apply(
                Topic.ENFORCER_CHANGED,
                "e1",
                States.state(
                        "enforcer",
                        "e1",
                        2,
                        "/acme",
                        "{'FQDN':'db','lastSyncTime':'%s'}".formatted(time)));
        state.apply(
                Topic.PROCESSING_UNIT_CHANGED,
                "u1",
                States.state("processingunit", "u1", 2, "/acme", unit.formatted(time)));
        assertThat(state.hasChanged()).isFalse();

        state.apply(
                Topic.PROCESSING_UNIT_CHANGED,
                "u1",
                States.state(
                        "processingunit",
                        "u1",
                        3,
                        "/acme",
                        unit.replace("web", "api").formatted(time)));
        assertThat(state.takeUpdate().changes()).singleElement().isInstanceOf(Change.UnitIs.class);
    }

    @Test
    void readsWhenARulesetIsValid() throws Exception {
        state.apply(
                Topic.RULESET_CHANGED,
                "r1",
                States.ruleset(
                        "r1",
                        1,
                        "/a",
                        """
                        {'activeSchedule':'0 8 * * 1-5','activeDuration':'10h',
                         'expirationTime':'2027-02-01T01:00:00+01:00'}
                        """));
        state.apply(
                Topic.RULESET_CHANGED,
                "r2",
                States.ruleset("r2", 1, "/a", "{'expirationTime':'0001-01-01T00:00:00Z'}"));
        Map<String, Ruleset> rulesets = state.takeUpdate().world().rulesets();
        assertThat(present(rulesets, "r1").validity())
                .isEqualTo(
                        new Validity(
                                Optional.of(Schedule.of("0 8 * * 1-5", Duration.ofHours(10))),
                                Optional.of(Instant.parse("2027-02-01T00:00:00Z"))));
        assertThat(present(rulesets, "r2").validity()).isEqualTo(Validity.ALWAYS);
    }

    @Test
    void givesOrganizationalTagsToWhatLivesInANamespace() throws Exception {
        state.apply(Topic.NAMESPACE_CHANGED, "n1", States.namespace("n1", "/acme", "Allow"));
        state.apply(Topic.NAMESPACE_CHANGED, "n2", States.namespace("n2", "/acme/shop", ""));
        state.apply(
                Topic.PROCESSING_UNIT_CHANGED,
                "u1",
                States.unit("u1", "/acme/shop", "e1", "10.0.0.1"));
        state.apply(
                Topic.EXTERNAL_NETWORK_CHANGED, "x1", States.network("x1", "/acme", "10.0.0.0/8"));
        WorldUpdate update = state.takeUpdate();
        ProcessingUnit unit = present(update.world().processingUnits(), "u1");
        assertThat(unit.tags())
                .containsExactlyInAnyOrder("app=web", "@org:n=/acme", "@org:n=/acme/shop");
        assertThat(present(update.world().externalNetworks(), "x1").tags())
                .containsExactlyInAnyOrder("net=a", "@org:n=/acme");
        assertThat(present(update.world().namespaces(), "/acme").incoming())
                .isEqualTo(TrafficAction.ALLOW);
        assertThat(present(update.world().namespaces(), "/acme/shop").incoming())
                .isEqualTo(TrafficAction.INHERIT);
    }

    @Test
    void whatIsArchivedDoesNotCount() throws Exception {
        String network = "{'entries':['10.0.0.0/8'],'normalizedTags':['net=a'],'archived':%s}";
        String unit = "{'operationalStatus':'Running','archived':%s}";
        for (String archived : List.of("true", "false")) {
            long revision = archived.equals("true") ? 1 : 2;
            state.apply(
                    Topic.EXTERNAL_NETWORK_CHANGED,
                    "x",
                    States.state(
                            "externalnetwork", "x", revision, "/a", network.formatted(archived)));
            state.apply(
                    Topic.PROCESSING_UNIT_CHANGED,
                    "u",
                    States.state("processingunit", "u", revision, "/a", unit.formatted(archived)));
            WorldUpdate update = state.takeUpdate();
            boolean counts = archived.equals("false");
            assertThat(update.world().externalNetworks().containsKey("x")).isEqualTo(counts);
            assertThat(present(update.world().processingUnits(), "u").running()).isEqualTo(counts);
            assertThat(update.changes()).hasSize(counts ? 2 : 1);
        }
        state.apply(
                Topic.EXTERNAL_NETWORK_CHANGED,
                "x",
                States.state("externalnetwork", "x", 3, "/a", network.formatted("true")));
        assertThat(state.takeUpdate().world().externalNetworks()).isEmpty();
    }

    @Test
    void ignoresWhatIsNotNewer() throws Exception {
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 5, "/a", "{'name':'new'}"));
        state.takeUpdate();
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 4, "/a", "{'name':'old'}"));
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 5, "/a", "{'name':'same'}"));
        assertThat(state.hasChanged()).isFalse();
        assertThat(present(state.takeUpdate().world().rulesets(), "r").name()).isEqualTo("new");
    }

    @Test
    void forgetsWhatIsGoneEitherWay() throws Exception {
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 1, "/a", "{}"));
        state.apply(Topic.RULESET_CHANGED, "s", States.ruleset("s", 1, "/b", "{}"));
        state.takeUpdate();
        state.apply(Topic.RULESET_CHANGED, "r", null);
        state.apply(Topic.RULESET_CHANGED, "s", States.deleted("s", 2));
        WorldUpdate update = state.takeUpdate();
        assertThat(update.world().rulesets()).isEmpty();
        assertThat(update.changes())
                .containsExactlyInAnyOrder(
                        new Change.RulesetGone("r"), new Change.RulesetGone("s"));
    }

    @Test
    void aLateRecordDoesNotRaiseTheDead() throws Exception {
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 3, "/a", "{}"));
        state.apply(Topic.RULESET_CHANGED, "r", null);
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 2, "/a", "{}"));
        assertThat(state.takeUpdate().world().rulesets()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    JSON that stops in the middle  | {'name':                                            | JSON cannot be read
                    JSON that is no object         | []                                                  | not an object
                    an invalid port                | {'incomingRules':[{'action':'Allow','protocolPorts':['tcp/99999']}]} | 'tcp/99999'
                    an action nobody knows         | {'incomingRules':[{'action':'Maybe'}]}              | MAYBE
                    a subject with an empty clause | {'subject':[[]]}                                    | remove the empty []
                    a schedule nobody can read     | {'activeSchedule':'often','activeDuration':'1h'}    | five fields
                    a schedule without duration    | {'activeSchedule':'0 8 * * *'}                      | must come together
                    an expiry nobody can read      | {'expirationTime':'soon'}                           | 'soon' is no time
                    a number for a tag             | {'subject':[[7]]}                                   | '7' must be a text
                    """)
    void saysWhatItCannotRead(String sentence, String json, String complaint) {
        byte[] value = States.ruleset("r", 1, "/a", json);
        assertThatThrownBy(() -> state.apply(Topic.RULESET_CHANGED, "r", value))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(complaint);
        assertThat(state.hasChanged()).isFalse();
    }

    @Test
    void anUnreadableRecordLeavesWhatWasKnown() throws Exception {
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 1, "/a", "{'name':'good'}"));
        assertThatThrownBy(() ->
                        state.apply(
                                Topic.RULESET_CHANGED,
                                "r",
                                States.ruleset("r", 2, "/a", "{'name'")))
                .isInstanceOf(UnreadableRecordException.class);
        assertThat(present(state.takeUpdate().world().rulesets(), "r").name()).isEqualTo("good");
        state.apply(Topic.RULESET_CHANGED, "r", States.ruleset("r", 2, "/a", "{'name':'mended'}"));
        assertThat(present(state.takeUpdate().world().rulesets(), "r").name()).isEqualTo("mended");
    }

    private static <T> T present(Map<String, T> objects, String id) {
        return Objects.requireNonNull(objects.get(id), () -> "no " + id);
    }
}
