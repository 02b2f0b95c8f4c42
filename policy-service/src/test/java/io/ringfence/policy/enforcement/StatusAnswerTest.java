package io.ringfence.policy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.policy.enforcement.RevisionBarrier.Reached;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusAnswerTest {
    private final Map<ConcernedEnforcer, Standing> standings = new LinkedHashMap<>();

    @Test
    void saysInOneSentenceHowFarItIs() {
        for (int i = 0; i < 997; i++) {
            stands(i, new Standing.Enforced(Optional.of(Duration.ofMillis(i == 17 ? 1_800 : 20))));
        }
        stands(997, new Standing.Pending(5));
        stands(998, new Standing.Pending(5));
        stands(999, new Standing.Unreachable(5));

        JsonNode answer = answer(Reached.COMPILED);

        assertThat(answer.path("text").asText())
                .isEqualTo(
                        "revision 812 enforced on 997 of 1,000, 2 pending, 1 unreachable; slowest host-17, 1.8 s");
        assertThat(answer.path("status").asText()).isEqualTo("Delivering");
        assertThat(answer.path("slowest").path("milliseconds").asLong()).isEqualTo(1_800);
        assertThat(answer.path("unsettled").findValuesAsText("name"))
                .containsExactly("host-997", "host-998", "host-999");
    }

    @Test
    void namesWhoRefusedFirst() {
        stands(1, new Standing.Unreachable(5));
        stands(2, new Standing.Refused(5, "no room"));

        JsonNode answer = answer(Reached.COMPILED);

        assertThat(answer.path("status").asText()).isEqualTo("Refused");
        assertThat(answer.path("text").asText())
                .isEqualTo("revision 812 enforced on 0 of 2, 1 unreachable, 1 refused");
        assertThat(answer.path("unsettled").get(0).path("error").asText()).isEqualTo("no room");
    }

    @Test
    void isEnforcedThoughSomebodyIsAwayOrNobodyIsThere() {
        assertThat(answer(Reached.COMPILED).path("status").asText()).isEqualTo("Enforced");
        stands(1, new Standing.Unreachable(5));
        assertThat(answer(Reached.COMPILED).path("status").asText()).isEqualTo("Enforced");
    }

    @Test
    void claimsNothingOfWhatIsNotCompiled() {
        stands(1, new Standing.Enforced(Optional.empty()));
        assertThat(answer(Reached.STORED).path("status").asText()).isEqualTo("Announcing");
        JsonNode announced = answer(Reached.ANNOUNCED);
        assertThat(announced.path("status").asText()).isEqualTo("Compiling");
        assertThat(announced.path("text").asText()).doesNotContain("enforced");
    }

    @Test
    void showsAHundredAtMost() {
        for (int i = 0; i < 150; i++) {
            stands(i, new Standing.Pending(5));
        }
        JsonNode answer = answer(Reached.COMPILED);
        assertThat(answer.path("pending").asInt()).isEqualTo(150);
        assertThat(answer.path("unsettled")).hasSize(StatusAnswer.MOST_UNSETTLED);
    }

    private void stands(int number, Standing standing) {
        standings.put(
                new ConcernedEnforcer("id" + number, "host-" + number, "/acme", false), standing);
    }

    private JsonNode answer(Reached reached) {
        return new StatusAnswer("/acme", 812, reached, standings).json();
    }
}
