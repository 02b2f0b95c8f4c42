package io.ringfence.engine.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.incremental.Change;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which target networks a processing unit is judged with. The enforcer is in `/acme/shop` and has
/// the tag `group=vm`.
class EnforcerTargetsTest {
    private static final String TEN = "{'normalizedTags':['p=ten'],'targetNetworks':['10.0.0.0/8']";
    private static final String OTHER =
            "{'normalizedTags':['p=other'],'targetNetworks':['192.0.2.0/24','!192.0.2.1']";
    private static final String ALL_VMS = "{'subject':[['group=vm']],";

    private final WorldState state = new WorldState();

    @BeforeEach
    void anEnforcerWithAUnit() throws UnreadableRecordException {
        state.apply(
                Topic.ENFORCER_CHANGED, "e1", States.enforcer("e1", "/acme/shop", "['group=vm']"));
        state.apply(
                Topic.PROCESSING_UNIT_CHANGED,
                "u1",
                States.unit("u1", "/acme/shop", "e1", "10.0.0.1"));
        state.takeUpdate();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a mapping gives a profile                        | /acme/shop | TEN}                        | /acme/shop | VM'object':[['p=ten']]}                   | [[10.0.0.0/8]]
                    both may come down                               | /acme      | TEN,'propagate':true}       | /          | VM'object':[['p=ten']],'propagate':true}  | [[10.0.0.0/8]]
                    a profile above that does not come down          | /acme      | TEN}                        | /acme/shop | VM'object':[['p=ten']]}                   | []
                    a mapping above that does not come down          | /acme/shop | TEN}                        | /acme      | VM'object':[['p=ten']]}                   | []
                    a profile beside                                 | /acme/lab  | TEN,'propagate':true}       | /acme/shop | VM'object':[['p=ten']]}                   | []
                    a mapping that is disabled                       | /acme/shop | TEN}                        | /acme/shop | VM'object':[['p=ten']],'disabled':true}   | []
                    a mapping about other enforcers                  | /acme/shop | TEN}                        | /acme/shop | {'subject':[['group=k8s']],'object':[['p=ten']]} | []
                    a mapping to other profiles                      | /acme/shop | TEN}                        | /acme/shop | VM'object':[['p=nobody']]}                | []
                    a fallback without another one                   | /acme/shop | TEN}                        | /acme/shop | VM'object':[['p=ten']],'fallback':true}   | [[10.0.0.0/8]]
                    exclusions stay with their profile               | /acme/shop | OTHER}                      | /acme/shop | VM'object':[['p=other']]}                 | [[192.0.2.0/24, !192.0.2.1/32]]
                    a profile that targets nothing                   | /acme/shop | {'normalizedTags':['p=ten']} | /acme/shop | VM'object':[['p=ten']]}                   | []
                    """)
    void knowsTheTargetsOfAnEnforcer(
            String sentence,
            String profileIn,
            String profile,
            String mappingIn,
            String mapping,
            String expected)
            throws UnreadableRecordException {
        profile("p1", profileIn, profile);
        mapping("m1", mappingIn, mapping);
        assertThat(targets().tcp()).as(sentence).hasToString(expected);
        assertThat(targets().udp()).as(sentence).isEmpty();
    }

    @Test
    void severalProfilesAddUp() throws UnreadableRecordException {
        profile("p1", "/acme/shop", "TEN,'targetUDPNetworks':['10.1.0.0/16']}");
        profile("p2", "/acme/shop", "OTHER}");
        mapping("m1", "/acme/shop", "VM'object':[['p=ten'],['p=other']]}");
        assertThat(targets().tcp())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[10.0.0.0/8]", "[192.0.2.0/24, !192.0.2.1/32]");
        assertThat(targets().udp()).hasToString("[[10.1.0.0/16]]");
    }

    @Test
    void aFallbackStepsBackBehindAnother() throws UnreadableRecordException {
        profile("p1", "/acme/shop", "TEN}");
        profile("p2", "/acme/shop", "OTHER}");
        mapping("m1", "/acme/shop", "VM'object':[['p=ten']],'fallback':true}");
        mapping("m2", "/acme/shop", "VM'object':[['p=other']]}");
        assertThat(targets().tcp()).hasToString("[[192.0.2.0/24, !192.0.2.1/32]]");
    }

    @Test
    void aProfileConcernsItsEnforcersUnitsAndHostServicesNobody() throws UnreadableRecordException {
        state.apply(
                Topic.ENFORCER_PROFILE_CHANGED,
                "h1",
                States.state("hostservice", "h1", 1, "/acme/shop", "{'services':['tcp/80']}"));
        assertThat(state.hasChanged()).isFalse();
        mapping("m1", "/acme/shop", "VM'object':[['p=ten']]}");
        assertThat(state.takeUpdate().changes()).isEmpty();
        profile("p1", "/acme/shop", "TEN}");
        assertThat(state.takeUpdate().changes()).hasExactlyElementsOfTypes(Change.UnitIs.class);
        state.apply(Topic.ENFORCER_PROFILE_CHANGED, "p1", null);
        assertThat(state.takeUpdate().changes()).hasExactlyElementsOfTypes(Change.UnitIs.class);
    }

    private void profile(String id, String namespace, String json)
            throws UnreadableRecordException {
        String whole = json.replace("TEN", TEN).replace("OTHER", OTHER);
        state.apply(Topic.ENFORCER_PROFILE_CHANGED, id, States.profile(id, namespace, whole));
    }

    private void mapping(String id, String namespace, String json)
            throws UnreadableRecordException {
        state.apply(
                Topic.ENFORCER_PROFILE_CHANGED,
                id,
                States.profileMapping(id, namespace, json.replace("VM", ALL_VMS)));
    }

    private TargetNetworks targets() {
        ProcessingUnit unit = state.takeUpdate().world().processingUnits().get("u1");
        return Objects.requireNonNull(unit).targets();
    }
}
