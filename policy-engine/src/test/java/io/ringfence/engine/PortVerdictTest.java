package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The port grammar: which packets a rule speaks of.
class PortVerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no ports mean any                                         | rs r /acme/shop app=web; in Allow app=api - | in web 10.0.0.2 gre | allow r
                    the lower end of a range belongs to it                    | rs r /acme/shop app=web; in Allow app=api tcp/80:90 | in web 10.0.0.2 tcp/80 | allow r
                    so does the upper end                                     | rs r /acme/shop app=web; in Allow app=api tcp/80:90 | in web 10.0.0.2 tcp/90 | allow r
                    one above does not                                        | rs r /acme/shop app=web; in Allow app=api tcp/80:90 | in web 10.0.0.2 tcp/91 | reject default@/acme
                    TCP is not UDP                                            | rs r /acme/shop app=web; in Allow app=api tcp/53 | in web 10.0.0.2 udp/53 | reject default@/acme
                    several ports are an or                                   | rs r /acme/shop app=web; in Allow app=api tcp/53+udp/53 | in web 10.0.0.2 udp/53 | allow r
                    a protocol without ports                                  | rs r /acme/shop app=web; in Allow app=api gre | in web 10.0.0.2 gre | allow r
                    another protocol is another                               | rs r /acme/shop app=web; in Allow app=api gre | in web 10.0.0.2 esp | reject default@/acme
                    ICMP of every type                                        | rs r /acme/shop app=web; in Allow app=api icmp | in web 10.0.0.2 icmp/8/0 | allow r
                    ICMP of one type                                          | rs r /acme/shop app=web; in Allow app=api icmp/8 | in web 10.0.0.2 icmp/0/0 | reject default@/acme
                    ICMP codes                                                | rs r /acme/shop app=web; in Allow app=api icmp/3/0,2:4 | in web 10.0.0.2 icmp/3/3 | allow r
                    ICMP codes outside                                        | rs r /acme/shop app=web; in Allow app=api icmp/3/0,2:4 | in web 10.0.0.2 icmp/3/1 | reject default@/acme
                    ICMP codes, observed in part                              | rs r /acme/shop app=web; in Allow app=api icmp/3/2:9; in Reject app=api icmp/3/4:5 observe | in web 10.0.0.2 icmp/3/5 | allow r observed reject r
                    ICMPv6 is not ICMP                                        | rs r /acme/shop app=web; in Allow app=api icmp | in web fd00::2 icmp6/128/0 | reject default@/acme

                    any is every protocol | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 esp | allow r
                    any is ICMP too | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 icmp/8/0 | allow r
                    one below the range is outside | rs r /acme/shop app=web; in Allow app=api tcp/80:90 | in web 10.0.0.2 tcp/79 | reject default@/acme
                    the first port there is | rs r /acme/shop app=web; in Allow app=api tcp/1 | in web 10.0.0.2 tcp/1 | allow r
                    the last port there is | rs r /acme/shop app=web; in Allow app=api tcp/65535 | in web 10.0.0.2 tcp/65535 | allow r
                    every port of TCP | rs r /acme/shop app=web; in Allow app=api tcp/1:65535 | in web 10.0.0.2 tcp/31337 | allow r
                    every port of TCP is not UDP | rs r /acme/shop app=web; in Allow app=api tcp/1:65535 | in web 10.0.0.2 udp/31337 | reject default@/acme
                    ranges may touch | rs r /acme/shop app=web; in Allow app=api tcp/80:84+tcp/85:90 | in web 10.0.0.2 tcp/85 | allow r
                    ranges may overlap | rs r /acme/shop app=web; in Allow app=api tcp/80:86+tcp/85:90 | in web 10.0.0.2 tcp/90 | allow r
                    between two ranges is outside | rs r /acme/shop app=web; in Allow app=api tcp/80:84+tcp/86:90 | in web 10.0.0.2 tcp/85 | reject default@/acme
                    a port is cut out of a range by a reject | rs r /acme/shop app=web; in Allow app=api tcp/80:90; in Reject app=api tcp/85 | in web 10.0.0.2 tcp/85 | reject r
                    the rest of the range stays | rs r /acme/shop app=web; in Allow app=api tcp/80:90; in Reject app=api tcp/85 | in web 10.0.0.2 tcp/86 | allow r
                    a reject of TCP leaves UDP alone | rs r /acme/shop app=web; in Allow app=api any; in Reject app=api tcp/1:65535 | in web 10.0.0.2 udp/53 | allow r
                    ICMP of every type and code | rs r /acme/shop app=web; in Allow app=api icmp | in web 10.0.0.2 icmp/3/13 | allow r
                    an ICMP type with every code | rs r /acme/shop app=web; in Allow app=api icmp/3 | in web 10.0.0.2 icmp/3/13 | allow r
                    an ICMP code of another type | rs r /acme/shop app=web; in Allow app=api icmp/3/1 | in web 10.0.0.2 icmp/11/1 | reject default@/acme
                    an ICMP code alone | rs r /acme/shop app=web; in Allow app=api icmp/3/0,2:4 | in web 10.0.0.2 icmp/3/0 | allow r
                    ICMPv6 of one type | rs r /acme/shop app=web; in Allow app=api icmp6/128 | in web fd00::2 icmp6/128/0 | allow r
                    ICMPv6 by its other name | rs r /acme/shop app=web; in Allow app=api ipv6-icmp/128 | in web fd00::2 icmp6/128/0 | allow r
                    names are read in any case | rs r /acme/shop app=web; in Allow app=api TCP/80 | in web 10.0.0.2 tcp/80 | allow r
                    a code is cut out of a type by a reject | rs r /acme/shop app=web; in Allow app=api icmp/3; in Reject app=api icmp/3/4 | in web 10.0.0.2 icmp/3/4 | reject r
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
