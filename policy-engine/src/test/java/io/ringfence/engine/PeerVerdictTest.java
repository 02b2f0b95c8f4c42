package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who the peer is: processing units by their tags, everything else by the external networks that
/// contain it.
class PeerVerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a unit is known by its IPv6 address too                   | rs r /acme/shop app=web; in Allow app=api any | in web fd00::2 tcp/80 | allow r
                    its own address is judged by its own tags                 | rs r /acme/shop app=web; in Allow app=web any | in web 10.0.0.1 tcp/80 | allow r
                    an unenforced unit is a unit                              | rs r /acme/shop app=web; out Allow app=db tcp/5432 | out web 10.0.0.3 tcp/5432 | allow r
                    a stopped unit owns nothing                               | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.4 tcp/80 | reject default@/acme
                    units of other namespaces of the tenant count             | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.5 tcp/80 | allow r
                    units of other tenants do not                             | rs r /acme/shop app=web; in Allow app=api any | in web 10.9.0.1 tcp/80 | reject default@/acme
                    not even for a ruleset of the root                        | rs r / app=web propagate; in Allow app=api any | in web 10.9.0.1 tcp/80 | reject default@/acme
                    the older claimant of an address owns it                  | pu aaa /acme/lab 10.0.0.2 app=older; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a claim of another tenant does not touch it               | pu aaa /rival 10.0.0.2 app=older; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r

                    an external network is an object                          | rs r /acme/shop app=web; in Allow net=internet any | in web 8.8.8.8 tcp/80 | allow r
                    also by IPv6                                              | rs r /acme/shop app=web; in Allow net=internet any | in web 2001:db8::1 tcp/80 | allow r
                    an address in no network matches no rule                  | rs r /acme/shop app=web; in Allow net=corp any | in web 8.8.8.8 tcp/80 | reject default@/acme
                    a network holds what its entry holds                      | rs r /acme/shop app=web; in Allow net=corp any | in web 10.7.0.1 tcp/80 | allow r
                    an excluded part is outside                               | rs r /acme/shop app=web; in Allow net=corp any | in web 10.8.0.1 tcp/80 | reject default@/acme
                    but still inside the wider network                        | rs r /acme/shop app=web; in Allow net=internet any | in web 10.8.0.1 tcp/80 | allow r
                    a unit's address is cut out of every network              | rs r /acme/shop app=web; in Allow net=corp any; in Allow net=internet any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    its neighbour's is not                                    | rs r /acme/shop app=web; in Allow net=corp any | in web 10.0.0.7 tcp/80 | allow r
                    a stopped unit's address falls back to the networks       | rs r /acme/shop app=web; in Allow net=corp any | in web 10.0.0.4 tcp/80 | allow r
                    another tenant's unit is an address like any other        | rs r /acme/shop app=web; in Allow net=corp any | in web 10.9.0.1 tcp/80 | allow r
                    where networks overlap, each may bring a reject           | rs r /acme/shop app=web; in Allow net=corp any; in Reject net=internet any | in web 10.7.0.1 tcp/80 | reject r
                    where they do not, only one does                          | rs r /acme/shop app=web; in Reject net=corp any; in Allow net=internet any | in web 8.8.8.8 tcp/80 | allow r
                    tags of two networks do not add up to one                 | rs r /acme/shop app=web; in Allow net=corp&net=internet any | in web 10.7.0.1 tcp/80 | reject default@/acme
                    a network above without propagate is not seen             | rs r /acme/shop app=web; in Allow net=hidden any | in web 172.16.0.1 tcp/80 | reject default@/acme
                    not even by a ruleset that comes from where it is         | rs r /acme app=web propagate; in Allow net=hidden any | in web 172.16.0.1 tcp/80 | reject default@/acme
                    a propagated ruleset sees the networks where it arrives   | rs r /acme app=api propagate; in Allow net=labnet any | in lab 192.168.1.1 tcp/80 | allow r
                    a network beside is not seen                              | rs r /acme/shop app=web; in Allow net=labnet any | in web 192.168.1.1 tcp/80 | reject default@/acme
                    names hold no address before DNS speaks                   | rs r /acme/shop app=web; in Allow net=named any | in web 10.7.0.1 tcp/80 | reject default@/acme
                    a prefix term selects networks and units                  | rs r /acme/shop app=web; in Allow net=* any | in web 8.8.8.8 tcp/80 | allow r

                    IPv4 and IPv6 are two worlds | net four /acme/shop 0.0.0.0/0 net=four; rs r /acme/shop app=web; in Allow net=four any | in web 2001:db8::1 tcp/80 | reject default@/acme
                    a hole in a hole does not exist: what is excluded stays out | net n /acme/shop 10.0.0.0/8,!10.8.0.0/16,10.8.1.0/24 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 10.8.1.1 tcp/80 | reject default@/acme
                    a single address may be excluded | net n /acme/shop 10.7.0.0/24,!10.7.0.9 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 10.7.0.9 tcp/80 | reject default@/acme
                    its neighbour stays in | net n /acme/shop 10.7.0.0/24,!10.7.0.9 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 10.7.0.8 tcp/80 | allow r
                    an IPv6 part may be excluded | net n /acme/shop 2001:db8::/32,!2001:db8:8::/48 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 2001:db8:8::1 tcp/80 | reject default@/acme
                    the IPv6 rest stays in | net n /acme/shop 2001:db8::/32,!2001:db8:8::/48 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 2001:db8:9::1 tcp/80 | allow r
                    an exclusion concerns its own network only | net n /acme/shop 10.8.0.0/16 net=n; rs r /acme/shop app=web; in Allow net=n any | in web 10.8.0.1 tcp/80 | allow r
                    the first address of a network is in it | rs r /acme/shop app=web; in Allow net=corp any | in web 10.0.0.0 tcp/80 | allow r
                    the last address of a network is in it | rs r /acme/shop app=web; in Allow net=corp any | in web 10.255.255.255 tcp/80 | allow r
                    the next one is not | rs r /acme/shop app=web; in Allow net=corp any | in web 11.0.0.0 tcp/80 | reject default@/acme
                    a network of one address | net n /acme/shop 192.0.2.7 net=n; rs r /acme/shop app=web; out Allow net=n tcp/443 | out web 192.0.2.7 tcp/443 | allow r
                    a network that propagates is seen below | rs r /acme/shop app=web; out Allow net=internet tcp/443 | out web 192.0.2.7 tcp/443 | allow r
                    networks of another tenant are not seen | net theirs /rival 192.0.2.0/24 net=theirs propagate; rs r /acme/shop app=web; out Allow net=theirs any | out web 192.0.2.7 tcp/443 | reject default@/acme
                    networks of the root are seen if they propagate | net all / 192.0.2.0/24 net=all propagate; rs r /acme/shop app=web; out Allow net=all any | out web 192.0.2.7 tcp/443 | allow r
                    a unit is not judged by a network's tags even if it shares them | net n /acme/shop 10.0.0.2 app=web net=x; rs r /acme/shop app=web; in Allow app=web any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    inside the target networks a unit is a unit | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    outside them its tags say nothing | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    outside them external networks judge it | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=corp any | in web 10.0.0.2 tcp/80 | allow r
                    what no external network contains is matched by nothing | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=labnet any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a reject of its tags does not reach it there | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=corp any; in Reject app=api any | in web 10.0.0.2 tcp/80 | allow r
                    inside, a reject of the network around does not | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8; rs r /acme/shop app=web; in Allow app=api any; in Reject net=corp any | in web 10.0.0.2 tcp/80 | allow r
                    an excluded part is outside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8,!10.0.0.2/32; rs r /acme/shop app=web; in Allow net=corp any | in web 10.0.0.2 tcp/80 | allow r
                    its neighbour is inside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8,!10.0.0.3/32; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    UDP has networks of its own | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 udp/53 | allow r
                    so does TCP | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod udp=192.0.2.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    UDP too is judged by external networks outside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod udp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=corp udp/53 | in web 10.0.0.2 udp/53 | allow r
                    other protocols have no outside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24 udp=192.0.2.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 icmp/8/0 | allow r
                    what is allowed to all of its protocols by tags is not to TCP outside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=corp tcp/80; in Allow app=api any | in web 10.0.0.2 tcp/81 | reject default@/acme
                    the networks of one profile suffice | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24_10.0.0.0/8; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    an exclusion concerns its own profile | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8,!10.0.0.2/32_10.0.0.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    targets of IPv4 leave IPv6 outside | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=10.0.0.0/8; rs r /acme/shop app=web; in Allow app=api any | in web fd00::2 tcp/80 | reject default@/acme
                    what goes out is judged the same way | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; out Allow net=internet tcp/443 | out web 10.0.0.2 tcp/443 | allow r
                    rules under observation see it the same way | pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow net=corp any observe; in Reject app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed allow r
                    the networks of the peer are its own affair | pu api /acme/shop 10.0.0.2 app=api,env=prod tcp=192.0.2.0/24; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    """)
    void judgesByTargetNetworks(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
