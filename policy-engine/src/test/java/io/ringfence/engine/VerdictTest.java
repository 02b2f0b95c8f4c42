package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Named cases. The first column says what must hold, the second adds to [#SHOP], the third asks
/// `DIRECTION UNIT PEER TRAFFIC`, the fourth is `ACTION RULESET[/RULE]`, or `ACTION
/// default@NAMESPACE`, then what was observed and whether the rule wants silence.
class VerdictTest {
    private static final String SHOP =
            """
            ns / Inherit Inherit; ns /acme Reject Reject; ns /acme/shop Inherit Inherit;
            ns /rival Allow Allow;
            pu web /acme/shop 10.0.0.1,fd00::1 app=web,env=prod;
            pu api /acme/shop 10.0.0.2,fd00::2 app=api,env=prod;
            pu db  /acme/shop 10.0.0.3 app=db,env=prod unenforced;
            pu old /acme/shop 10.0.0.4 app=api stopped;
            pu lab /acme/lab 10.0.0.5 app=api,env=lab;
            pu spy /rival 10.9.0.1 app=api,env=prod
            """;
    private static final String NETWORKS =
            """
            net internet /acme 0.0.0.0/0,::/0 net=internet propagate;
            net corp /acme/shop 10.0.0.0/8,!10.8.0.0/16 net=corp;
            net named /acme/shop *.corp.example net=named;
            net hidden /acme 172.16.0.0/12 net=hidden;
            net labnet /acme/lab 192.168.0.0/16 net=labnet
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    without rules the default decides                         | | in web 10.0.0.2 tcp/80 | reject default@/acme
                    the default is climbed to, direction by direction         | ns /acme Allow Reject | in web 10.0.0.2 tcp/80 | allow default@/acme
                    the other direction climbs by itself                      | ns /acme Allow Reject | out web 10.0.0.2 tcp/80 | reject default@/acme
                    the nearest namespace that says something wins            | ns /acme/shop Allow Inherit | in web 10.0.0.2 tcp/80 | allow default@/acme/shop
                    where all inherit, the root rejects                       | ns /acme Inherit Inherit | in web 10.0.0.2 tcp/80 | reject default@/
                    the root may say allow                                    | ns /acme Inherit Inherit; ns / Allow Reject | in web 10.0.0.2 tcp/80 | allow default@/
                    the root may say reject                                   | ns /acme Inherit Inherit; ns / Reject Reject | out web 10.0.0.2 tcp/80 | reject default@/
                    a namespace that is not known inherits                    | pu far /acme/a/b 10.0.0.9 app=far | in far 10.0.0.2 tcp/80 | reject default@/acme

                    an allow rule allows                                      | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    it says nothing about the other direction                 | rs r /acme/shop app=web; in Allow app=api any | out web 10.0.0.2 tcp/80 | reject default@/acme
                    it says nothing about other peers                         | rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.3 tcp/80 | reject default@/acme
                    it says nothing about other subjects                      | rs r /acme/shop app=web; in Allow app=api any | in api 10.0.0.2 tcp/80 | reject default@/acme
                    a reject rule rejects where the default allows            | ns /acme Allow Allow; rs r /acme/shop app=web; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject r
                    reject beats allow in the same ruleset                    | rs r /acme/shop app=web; in Allow app=api any as=yes; in Reject app=api any as=no | in web 10.0.0.2 tcp/80 | reject r/no
                    reject beats allow of an earlier ruleset                  | rs a /acme/shop app=web; in Allow app=api any; rs b /acme/shop app=web; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject b
                    reject beats allow however specific the allow is          | rs a /acme/shop app=web; in Allow app=api&env=prod tcp/80; rs b /acme/shop app=web; in Reject env=prod any | in web 10.0.0.2 tcp/80 | reject b
                    reject from far above beats allow close by                | rs a /acme/shop app=web; in Allow app=api any; rs b / app=web propagate; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject b
                    a reject for other ports leaves the allow alone           | rs r /acme/shop app=web; in Reject app=api tcp/22; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    the reject keeps its ports                                | rs r /acme/shop app=web; in Reject app=api tcp/22; in Allow app=api any | in web 10.0.0.2 tcp/22 | reject r

                    of several allows the nearest namespace is named          | rs a / app=web propagate; in Allow app=api any; rs b /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow b
                    then the lowest ruleset id                                | rs b /acme/shop app=web; in Allow app=api any; rs a /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow a
                    then the rule index                                       | rs r /acme/shop app=web; in Allow env=prod any as=one; in Allow app=api any as=two | in web 10.0.0.2 tcp/80 | allow r/one
                    a rule that does not match is not named                   | rs r /acme/shop app=web; in Allow app=api tcp/22 as=one; in Allow app=api tcp/80 as=two | in web 10.0.0.2 tcp/80 | allow r/two
                    of several rejects the nearest namespace is named         | rs a / app=web propagate; in Reject app=api any; rs b /acme app=web propagate; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject b

                    a ruleset above without propagate does not apply          | rs r /acme app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    with propagate it does                                    | rs r /acme app=web propagate; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    it never climbs                                           | rs r /acme/shop/x app=web propagate; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    nor goes sideways                                         | rs r /acme/lab app=web propagate; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a name that only begins alike is no ancestor              | pu w2 /acme/shopping 10.0.0.9 app=web; rs r /acme/shop app=web propagate; in Allow app=api any | in w2 10.0.0.2 tcp/80 | reject default@/acme
                    a disabled ruleset does not exist                         | rs r /acme/shop app=web disabled; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme

                    a fallback alone decides                                  | rs f /acme/shop app=web fallback; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow f
                    a fallback steps back for another ruleset                 | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web; in Allow app=db any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    even for one that speaks of the other direction           | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web; out Allow app=db any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    not for one that only observes                            | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web; in Reject app=db any observe | in web 10.0.0.2 tcp/80 | allow f
                    not for one without rules                                 | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web | in web 10.0.0.2 tcp/80 | allow f
                    not for one with another subject                          | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=db; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow f
                    not for a disabled one                                    | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web disabled; in Allow app=db any | in web 10.0.0.2 tcp/80 | allow f
                    not for another fallback                                  | rs f /acme/shop app=web fallback; in Allow app=api any; rs g /acme/shop app=web fallback; in Allow app=db any | in web 10.0.0.2 tcp/80 | allow f

                    observing changes nothing and is told                     | rs r /acme/shop app=web; in Reject app=api any observe; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r observed reject r
                    it is told beside the default too                         | rs r /acme/shop app=web; in Allow app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed allow r
                    only where its ports match                                | rs r /acme/shop app=web; in Reject app=api tcp/22 observe; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    and there                                                 | rs r /acme/shop app=web; in Reject app=api tcp/22 observe; in Allow app=api any | in web 10.0.0.2 tcp/22 | allow r observed reject r
                    of two observed the reject is told                        | rs a /acme/shop app=web; in Allow app=api any observe; rs b /acme/shop app=web; in Reject app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed reject b
                    of two observed allows the lower id                       | rs b /acme/shop app=web; in Allow app=api any observe; rs a /acme/shop app=web; in Allow app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed allow a
                    part of an enforced range is observed                     | rs r /acme/shop app=web; in Allow app=api tcp/80:90; in Reject app=api tcp/85:99 observe | in web 10.0.0.2 tcp/87 | allow r observed reject r
                    the part outside is not                                   | rs r /acme/shop app=web; in Allow app=api tcp/80:90; in Reject app=api tcp/85:99 observe | in web 10.0.0.2 tcp/84 | allow r
                    what is observed beyond the range meets the default       | rs r /acme/shop app=web; in Allow app=api tcp/80:90; in Reject app=api tcp/85:99 observe | in web 10.0.0.2 tcp/95 | reject default@/acme observed reject r

                    a rule may ask for silence                                | rs r /acme/shop app=web; in Allow app=api any quiet | in web 10.0.0.2 tcp/80 | allow r quiet
                    silence of another rule does not matter                   | rs r /acme/shop app=web; in Allow app=api any quiet; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject r

                    both tags of a clause are needed                          | rs r /acme/shop app=web; in Allow app=api&env=lab any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    one clause of several is enough                           | rs r /acme/shop app=web; in Allow app=x,app=api any | in web 10.0.0.2 tcp/80 | allow r
                    a prefix matches                                          | rs r /acme/shop app=web; in Allow $namespace=/acme/* any | in web 10.0.0.5 tcp/80 | allow r
                    a prefix in the subject matches                           | rs r /acme/shop app=w*; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    an empty object matches nothing                           | rs r /acme/shop app=web; in Allow - any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    an empty subject matches nothing                          | rs r /acme/shop -; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme

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
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        World world = WorldText.parse(SHOP, NETWORKS, extra == null ? "" : extra);
        String[] words = question.split(" ");
        Direction direction = words[0].equals("in") ? Direction.INCOMING : Direction.OUTGOING;
        InetAddress peer = InetAddress.ofLiteral(words[2]);
        Traffic traffic = traffic(words[3]);

        Verdict judged = PolicyEvaluator.judge(world, direction, words[1], peer, traffic);
        assertThat(text(judged)).as("reference").isEqualTo(expected);

        SnapshotInterpreter compiled =
                new SnapshotInterpreter(PolicyCompiler.compile(world, "enforcer"));
        assertThat(compiled.judge(direction, words[1], peer, traffic))
                .as("compiled")
                .isEqualTo(judged);
    }

    private static Traffic traffic(String text) {
        String[] parts = text.split("/");
        return switch (parts[0]) {
            case "tcp" -> Traffic.tcp(Integer.parseInt(parts[1]));
            case "udp" -> Traffic.udp(Integer.parseInt(parts[1]));
            case "icmp" -> Traffic.icmp(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "icmp6" -> Traffic.icmp6(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "gre" -> Traffic.protocol(47);
            case "esp" -> Traffic.protocol(50);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String text(Verdict verdict) {
        StringBuilder text = new StringBuilder(lower(verdict.action()) + " " + verdict.policyId());
        if (verdict.policyId().equals(Verdict.DEFAULT)) {
            text.append('@').append(verdict.policyNamespace());
        }
        if (!verdict.ruleName().isEmpty()) {
            text.append('/').append(verdict.ruleName());
        }
        if (verdict.observedAction() != null) {
            text.append(" observed ").append(lower(verdict.observedAction()));
            text.append(' ').append(verdict.observedPolicyId());
        }
        return text.append(verdict.silent() ? " quiet" : "").toString();
    }

    private static String lower(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
