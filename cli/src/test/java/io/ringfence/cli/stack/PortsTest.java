package io.ringfence.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.cli.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void putsTheApiWhereTheDocumentationSays() {
        Ports ports = new Ports(20000);
        assertThat(ports.apiLoopback()).isEqualTo(20080);
        assertThat(ports.apiTls()).isEqualTo(20443);
    }

    @Test
    void staysWithinAThousandAndUsesNothingTwice() {
        assertThat(new Ports(20000).all())
                .allMatch(port -> port >= 20000 && port < 21000)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1023, 64001, 70000})
    void refusesABaseThatLeavesNoRoom(int base) {
        assertThatThrownBy(() -> new Ports(base))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--port-base");
    }
}
