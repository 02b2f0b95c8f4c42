package io.ringfence.contracts.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.port.ProtocolPorts.Icmp;
import io.ringfence.contracts.port.ProtocolPorts.Ports;
import io.ringfence.contracts.port.ProtocolPorts.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolPortsTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    any             | any
                    ANY             | any
                    tcp/443         | tcp/443
                    TCP/1           | tcp/1
                    udp/53          | udp/53
                    tcp/8000:8010   | tcp/8000:8010
                    udp/1:65535     | udp/1:65535
                    icmp            | icmp
                    icmp/8          | icmp/8
                    icmp/3/1        | icmp/3/1
                    icmp/3/1,4:6,9  | icmp/3/1,4:6,9
                    icmp6/128/0     | icmp6/128/0
                    ipv6-icmp/1     | icmp6/1
                    gre             | gre
                    SCTP            | sctp
                    esp             | esp
                    """)
    void reads(String text, String canonical) {
        ProtocolPorts parsed = ProtocolPorts.parse(text);
        assertThat(parsed).hasToString(canonical);
        assertThat(ProtocolPorts.parse(canonical)).isEqualTo(parsed);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tcp without a port           | tcp            | needs a port
                    udp with an empty port       | udp/           | needs a port
                    port 0                       | tcp/0          | from 1 to 65535
                    port 65536                   | tcp/65536      | from 1 to 65535
                    a port too long to be one    | tcp/4294967739 | from 1 to 65535
                    a word for a port            | tcp/http       | from 1 to 65535
                    a negative port              | tcp/-1         | from 1 to 65535
                    a range upside down          | tcp/90:80      | lower port first
                    a range of one               | tcp/80:80      | lower port first
                    half a range                 | tcp/80:        | from 1 to 65535
                    a list of ports              | tcp/80,81      | from 1 to 65535
                    a range with a hyphen        | tcp/80-81      | from 1 to 65535
                    an ICMP type over 255        | icmp/256       | from 0 to 255
                    an ICMP code over 255        | icmp/3/256     | from 0 to 255
                    an empty ICMP code           | icmp/3/1,      | from 0 to 255
                    ICMP codes upside down       | icmp/3/6:4     | lower code first
                    a port on gre                | gre/1          | only tcp and udp
                    a port on any                | any/80         | only tcp and udp
                    a name IANA does not know    | http           | IANA protocol name
                    a number for a name          | 6/80           | IANA protocol name
                    nothing at all               | ''             | IANA protocol name
                    """)
    void refuses(String sentence, String text, String complaint) {
        assertThatThrownBy(() -> ProtocolPorts.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesAnyBesideOthers() {
        assertThatThrownBy(() -> ProtocolPorts.parseAll(List.of("tcp/80", "any")))
                .hasMessageContaining("'any' must stand alone");
        assertThat(ProtocolPorts.parseAll(List.of("any"))).hasSize(1);
        assertThat(ProtocolPorts.parseAll(null)).isEmpty();
    }

    @Test
    void knowsNumbers() {
        assertThat(ProtocolPorts.parse("gre")).isEqualTo(new Protocol(47));
        assertThat(ProtocolPorts.parse("udp/53")).isEqualTo(new Ports(17, 53, 53));
        assertThat(((Icmp) ProtocolPorts.parse("icmp6")).protocol()).isEqualTo(58);
    }
}
