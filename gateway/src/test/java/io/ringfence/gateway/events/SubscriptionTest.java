package io.ringfence.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.gateway.filter.ObjectFilter;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void wantsEverythingUntilItIsTold() {
        assertThat(Subscription.EVERYTHING.wants("enforcer", EventType.DELETE)).isTrue();
        assertThat(read("{}").wants("enforcer", EventType.DELETE)).isTrue();
    }

    @Test
    void wantsTheTypesOfTheIdentitiesItNames() {
        Subscription some = read("{'identities': {'enforcer': ['create'], 'namespace': []}}");

        assertThat(some.wants("enforcer", EventType.CREATE)).isTrue();
        assertThat(some.wants("enforcer", EventType.UPDATE)).isFalse();
        assertThat(some.wants("namespace", EventType.UPDATE)).isTrue();
        assertThat(some.wants("processingunit", EventType.CREATE)).isFalse();
    }

    @Test
    void hasFilters() throws Exception {
        ObjectFilter filter =
                read("{'identities': {'a': []}, 'filters': {'a': 'type == Host'}}")
                        .filter("a")
                        .orElseThrow();

        assertThat(filter.accepts(JSON.readTree("{\"type\": \"Host\"}"))).isTrue();
        assertThat(filter.accepts(JSON.readTree("{\"type\": \"Docker\"}"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a < 3",
                "a >= b",
                "a contains [b]",
                "a not in [b]",
                "a not exists",
                "a == b and (c exists or d > e)",
                "a matches '('",
                "a",
            })
    void refusesOperatorsThatEventsDoNotHave(String filter) {
        assertThatThrownBy(() -> EventFilters.parse("thing", filter, Clock.systemUTC()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("The filter of thing");
    }

    private static Subscription read(String json) {
        return Subscription.of(
                BodyFormat.JSON.readObject(
                        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
