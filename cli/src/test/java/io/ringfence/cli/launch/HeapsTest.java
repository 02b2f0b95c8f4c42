package io.ringfence.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.cli.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapsTest {
    @Test
    void whatIsNotSaidIsAsUsual() {
        Heaps heaps = Heaps.of(Map.of("gateway", "1g"));
        assertThat(heaps.optionFor("gateway")).isEqualTo("-Xmx1g");
        assertThat(heaps.optionFor("policy-service")).isEqualTo("-Xmx192m");
        assertThat(heaps.optionFor("kafka")).isEqualTo("-Xmx384m");
    }

    @Test
    void theBackgroundHalfIsToldTheSame() {
        Heaps heaps = Heaps.of(Map.of("policy-service", "512m", "gateway", "1g"));
        assertThat(heaps.arguments())
                .containsExactly("--heap", "gateway=1g", "--heap", "policy-service=512m");
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> Heaps.of(Map.of("gatway", "1g")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'gatway' is none of flow-ingest-service, gateway, ");
        for (String size : new String[] {"", "1", "1t", "0m", "1g -version", "99999999g"}) {
            assertThatThrownBy(() -> Heaps.of(Map.of("gateway", size)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("a size such as 512m or 2g");
        }
    }
}
