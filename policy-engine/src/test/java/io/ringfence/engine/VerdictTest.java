package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Precedence: who applies, who decides, who is named.
class VerdictTest {
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

                    of two allows at different depths the nearer is named | rs a /acme app=web propagate; in Allow app=api any; rs b / app=web propagate; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow a
                    a nearer allow does not hide a farther reject of other ports | rs a /acme/shop app=web; in Allow app=api any; rs b /acme app=web propagate; in Reject app=api tcp/22 | in web 10.0.0.2 tcp/80 | allow a
                    a reject of one direction leaves the other alone | rs r /acme/shop app=web; in Reject app=api any; out Allow app=api any | out web 10.0.0.2 tcp/80 | allow r
                    one ruleset may speak of both directions | rs r /acme/shop app=web; in Allow app=api any as=in; out Reject app=api any as=out | out web 10.0.0.2 tcp/80 | reject r/out
                    an explicit allow names its ruleset though the default allows too | ns /acme Allow Allow; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    where the default allows, it is marked as such | ns /acme Allow Allow | out web 10.0.0.9 tcp/443 | allow default@/acme
                    the default of a namespace beside does not count | ns /acme/lab Allow Allow | in web 10.0.0.2 tcp/80 | reject default@/acme
                    the default of a namespace below does not count | ns /acme/shop/x Allow Allow | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a propagated ruleset applies far below | pu far /acme/a/b/c 10.0.0.9 app=far; rs r /acme app=far propagate; in Allow app=api any | in far 10.0.0.2 tcp/80 | allow r
                    one of the root applies everywhere | rs r / app=web propagate; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    one of the root without propagate applies in the root only | rs r / app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a propagated fallback steps back for a ruleset close by | rs f /acme app=web propagate fallback; in Allow app=api any; rs r /acme/shop app=web; in Allow app=db any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a fallback close by steps back for a propagated ruleset | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme app=web propagate; in Allow app=db any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a fallback does not step back for one that does not reach it | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme app=web; in Allow app=db any | in web 10.0.0.2 tcp/80 | allow f
                    a fallback may reject | ns /acme Allow Allow; rs f /acme/shop app=web fallback; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject f
                    two fallbacks decide together, reject first | rs f /acme/shop app=web fallback; in Allow app=api any; rs g /acme/shop app=web fallback; in Reject app=api any | in web 10.0.0.2 tcp/80 | reject g
                    a fallback steps back for a ruleset that enforces one of two rules | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web; in Allow app=api any observe; out Reject app=db any | in web 10.0.0.2 tcp/80 | reject default@/acme observed allow r
                    a fallback that observes is told while nobody else enforces | rs f /acme/shop app=web fallback; in Reject app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed reject f
                    a fallback that observes is not told when it steps back | rs f /acme/shop app=web fallback; in Reject app=api any observe; rs r /acme/shop app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    observing an allow beside a reject | rs r /acme/shop app=web; in Reject app=api any as=no; in Allow app=api any observe | in web 10.0.0.2 tcp/80 | reject r/no observed allow r
                    of two observed the nearer namespace is told | rs a / app=web propagate; in Allow app=api any observe; rs b /acme/shop app=web; in Allow app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme observed allow b
                    what is observed of another peer is not told | rs r /acme/shop app=web; in Reject app=db any observe; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    a disabled ruleset does not even observe | rs r /acme/shop app=web disabled; in Reject app=api any observe | in web 10.0.0.2 tcp/80 | reject default@/acme
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
