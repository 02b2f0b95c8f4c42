package io.ringfence.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.enforcer.dataplane.Cidr;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final String LEAST =
            """
            # the shop's database
            ENFORCERD_NAMESPACE=/acme/shop
            ENFORCERD_API="https://10.77.0.1:8443"
            export ENFORCERD_KAFKA=10.77.0.1:8093
            ENFORCERD_AUTHORITY=/etc/ringfence/ca.pem
            ENFORCERD_NAME=db
            """;

    @Test
    void fillsInDefaults() throws Exception {
        Configuration configuration = read(LEAST, Map.of());
        assertThat(configuration.namespace()).isEqualTo("/acme/shop");
        assertThat(configuration.api()).isEqualTo(URI.create("https://10.77.0.1:8443"));
        assertThat(configuration.kafka()).isEqualTo(new HostPort("10.77.0.1", 8093));
        assertThat(configuration.workingFolder()).isEqualTo(Path.of("/var/lib/ringfence-enforcer"));
        assertThat(configuration.tokenFile())
                .isEqualTo(Path.of("/var/lib/ringfence-enforcer/token"));
        assertThat(configuration.flowWindow()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.keyLimit()).isEqualTo(20_000);
        assertThat(configuration.spoolBytes()).isEqualTo(64L << 20);
        assertThat(configuration.dnsGrace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.tags()).isEmpty();
        assertThat(configuration.failSafeSsh()).isEmpty();
        assertThat(configuration.jsonLog()).isTrue();
        assertThat(configuration.logLevel()).isEqualTo(Level.INFO);
        assertThat(configuration.machineId()).isNotBlank();
    }

    @Test
    void readsTagsWindowAndFailSafeNetworks() throws Exception {
        Configuration configuration =
                read(
                        LEAST
                                + """
                                ENFORCERD_TAGS=app=db, tier=data  zone=a
                                ENFORCERD_FLOW_WINDOW=30s500ms
                                ENFORCERD_DNS_GRACE=0s
                                ENFORCERD_FAIL_SAFE_SSH=10.0.0.0/8,fd00::/8
                                """,
                        Map.of());
        assertThat(configuration.tags()).containsExactly("app=db", "tier=data", "zone=a");
        assertThat(configuration.flowWindow()).isEqualTo(Duration.ofMillis(30_500));
        assertThat(configuration.dnsGrace()).isZero();
        assertThat(configuration.failSafeSsh())
                .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"));
    }

    @Test
    void theEnvironmentWins() throws Exception {
        Configuration configuration =
                read(LEAST, Map.of("ENFORCERD_NAME", "db2", "PATH", "/usr/bin"));
        assertThat(configuration.name()).isEqualTo("db2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENFORCERD_NAMESPACE=acme | ENFORCERD_NAMESPACE must begin with /",
                "ENFORCERD_API=http://10.77.0.1:8080 | ENFORCERD_API is not https",
                "ENFORCERD_API=nowhere | ENFORCERD_API is not https",
                "ENFORCERD_KAFKA=10.77.0.1 | ENFORCERD_KAFKA is not host:port",
                "ENFORCERD_KAFKA=10.77.0.1:99999 | ENFORCERD_KAFKA is not host:port",
                "ENFORCERD_FLOW_WINDOW=10 | ENFORCERD_FLOW_WINDOW must be",
                "ENFORCERD_FLOW_WINDOW=5m | ENFORCERD_FLOW_WINDOW must be",
                "ENFORCERD_FLOW_WINDOW=100ms | ENFORCERD_FLOW_WINDOW must be",
                "ENFORCERD_DNS_GRACE=60 | ENFORCERD_DNS_GRACE must be",
                "ENFORCERD_DNS_GRACE=25h | ENFORCERD_DNS_GRACE must be",
                "ENFORCERD_SPOOL_BYTES=12 | ENFORCERD_SPOOL_BYTES must be",
                "ENFORCERD_TAGS=db | ENFORCERD_TAGS takes key=value",
                "ENFORCERD_TAGS=@os:host=db | ENFORCERD_TAGS takes key=value",
                "ENFORCERD_FAIL_SAFE_SSH=everyone | ENFORCERD_FAIL_SAFE_SSH takes networks",
                "ENFORCERD_LOG_FORMAT=xml | ENFORCERD_LOG_FORMAT is json or text",
                "ENFORCERD_LOG_LEVEL=loud | ENFORCERD_LOG_LEVEL is error",
                "API=https://10.77.0.1:8443 | line 7 is not of the form",
            })
    void namesTheSettingThatIsWrong(String line, String message) {
        assertThatThrownBy(() -> read(LEAST + line, Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"NAMESPACE", "API", "KAFKA", "AUTHORITY"})
    void namesTheSettingThatIsMissing(String name) {
        assertThatThrownBy(() ->
                        read(
                                LEAST.lines()
                                        .filter(line -> !line.contains("_" + name + "="))
                                        .reduce("", (text, line) -> text + line + "\n"),
                                Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage("ENFORCERD_" + name + " is not set");
    }

    private static Configuration read(String text, Map<String, String> environment)
            throws Exception {
        return Configuration.of(Settings.parse(text, environment));
    }
}
