package io.ringfence.policy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.protocol.error.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusQuestionTest {
    @Test
    void asksAboutEverythingBelowAtOnceUnlessSaid() {
        assertThat(StatusQuestion.read(Map.of()))
                .isEqualTo(new StatusQuestion(Optional.empty(), Duration.ZERO, true));
        assertThat(
                        StatusQuestion.read(
                                Map.of(
                                        "revision", List.of("812"),
                                        "wait", List.of("1500ms"),
                                        "recursive", List.of("false"))))
                .isEqualTo(new StatusQuestion(Optional.of(812L), Duration.ofMillis(1500), false));
    }

    @Test
    void meansWhatIsNewestUnlessSaid() {
        assertThat(StatusQuestion.read(Map.of()).revisionUpTo(812)).isEqualTo(812);
        assertThat(StatusQuestion.read(Map.of("revision", List.of("0"))).revisionUpTo(812))
                .isZero();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "revision, now",
        "revision, -1",
        "revision, 1234567890123456789",
        "wait, 5",
        "wait, 21s",
        "wait, 999999s",
        "recursive, maybe",
        "q, name"
    })
    void namesWhatIsNotRight(String name, String value) {
        assertThatThrownBy(() -> StatusQuestion.read(Map.of(name, List.of(value))))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void knowsNoRevisionThatDoesNotExistYet() {
        StatusQuestion question = StatusQuestion.read(Map.of("revision", List.of("813")));
        assertThatThrownBy(() -> question.revisionUpTo(812))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("813")
                .hasMessageContaining("812");
    }
}
