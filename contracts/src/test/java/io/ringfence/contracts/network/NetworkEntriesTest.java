package io.ringfence.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkEntriesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a CIDR                           | 10.0.0.0/8          | 10.0.0.0/8
                    host bits are cleared            | 10.1.2.3/8          | 10.0.0.0/8
                    an address is its longest prefix | 10.1.2.3            | 10.1.2.3/32
                    everything                       | 0.0.0.0/0           | 0.0.0.0/0
                    IPv6                             | 2001:DB8::/33       | 2001:db8:0:0:0:0:0:0/33
                    an IPv6 address                  | ::1                 | 0:0:0:0:0:0:0:1/128
                    a hole                           | !10.9.0.0/16        | !10.9.0.0/16
                    a name                           | Api.Example.com     | api.example.com
                    a name with its dot              | api.example.com.    | api.example.com
                    every name below                 | *.corp.example      | *.corp.example
                    an underscore                    | _sip.example        | _sip.example
                    """)
    void reads(String sentence, String text, String canonical) {
        assertThat(NetworkEntry.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a number over 255         | 10.0.0.300       | IP address
                    three numbers             | 10.0.0           | IP address
                    a length over 32          | 10.0.0.0/33      | prefix length from 0 to 32
                    a length over 128         | ::/129           | prefix length from 0 to 128
                    no length                 | 10.0.0.0/        | prefix length
                    two colons twice          | 1::2::3          | IP address
                    an interface              | fe80::1%eth0     | IP address
                    IPv4 in IPv6 clothes      | ::ffff:10.0.0.1  | written as IPv4
                    a name excluded           | !example.com     | names cannot be excluded
                    a star in the middle      | a.*.example      | DNS name
                    two stars                 | *.*.example      | DNS name
                    only a star               | *                | DNS name
                    a space                   | a b              | DNS name
                    nothing                   | ''               | DNS name
                    a URL                     | http://a.example | IP address
                    """)
    void refuses(String sentence, String text, String complaint) {
        assertThatThrownBy(() -> NetworkEntry.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a hole outside            | 10.0.0.0/8 !192.168.0.0/16 | must lie inside
                    a hole in the other family| 0.0.0.0/0 !::1             | must lie inside
                    a hole larger than all    | 10.9.0.0/16 !10.0.0.0/8    | must lie inside
                    the same CIDR twice       | 10.0.0.0/8 10.0.0.0/8      | stands twice
                    the same after masking    | 10.0.0.0/8 10.1.0.0/8      | stands twice
                    the same name twice       | a.example A.example.       | stands twice
                    in and out                | 10.0.0.0/8 !10.0.0.0/8     | both included and excluded
                    a hole in a hole          | 10.0.0.0/8 !10.1.0.0/16 !10.1.2.0/24 | excludes it already
                    a hole in a hole, v6      | fd00::/8 !fd00::1 !fd00::/64 | excludes it already
                    """)
    void refusesTogether(String sentence, String texts, String complaint) {
        assertThatThrownBy(() -> NetworkEntries.parse(List.of(texts.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void takesHolesInsideAnyOfItsNetworks() {
        NetworkEntries entries =
                NetworkEntries.parse(
                        List.of("10.0.0.0/8", "!10.9.0.0/16", "::/0", "!::1", "*.corp.example"));
        assertThat(entries.entries()).hasSize(5);
        assertThatThrownBy(() -> NetworkEntries.parse(null)).hasMessageContaining("not be empty");
    }

    @Test
    void halvesAndContains() {
        for (String text : List.of("10.0.0.0/8", "0.0.0.0/0", "2001:db8::/63", "2001:db8::/64")) {
            Prefix prefix = Prefix.parse(text);
            Prefix lower = prefix.half(false);
            Prefix upper = prefix.half(true);
            assertThat(prefix.contains(lower)).isTrue();
            assertThat(prefix.contains(upper)).isTrue();
            assertThat(lower.contains(prefix)).isFalse();
            assertThat(lower.contains(upper)).isFalse();
            assertThat(upper.bit(prefix.length())).isTrue();
            assertThat(lower.bit(prefix.length())).isFalse();
            assertThat(upper.cut(prefix.length())).isEqualTo(prefix);
            assertThat(lower).isLessThan(upper);
        }
    }

    @Test
    void keepsTheBytesOfAnAddress() {
        for (String text : List.of("255.1.2.3", "fe80::1:2", "::")) {
            InetAddress address = InetAddress.ofLiteral(text);
            assertThat(Prefix.of(address).bytes()).isEqualTo(address.getAddress());
            assertThat(Prefix.of(address).isWhole()).isTrue();
        }
    }
}
