package io.ringfence.metrics.inventory;

import static io.ringfence.testkit.domain.ObjectFixture.processingUnit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
    private final ObjectNames names = new ObjectNames();

    @Test
    void keepsTheNewestName() {
        names.changed("1", processingUnit("new").toState(2).toByteArray());
        names.changed("1", processingUnit("old").toState(1).toByteArray());
        assertThat(names.of("1")).isEqualTo("new");
    }

    @Test
    void forgetsWhatIsGone() {
        names.changed("1", processingUnit("web").toState(1).toByteArray());
        names.changed("1", null);
        assertThat(names.of("1")).isEmpty();
    }

    @Test
    void goesOnAfterGarbage() {
        names.changed("1", processingUnit("web").toState(1).toByteArray());
        names.changed("1", "garbage".getBytes(StandardCharsets.UTF_8));
        assertThat(names.of("1")).isEqualTo("web");
    }
}
