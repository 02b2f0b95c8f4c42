package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.engine.explain.Endpoint;
import io.ringfence.engine.explain.Explainer;
import io.ringfence.engine.explain.Explanation;
import io.ringfence.engine.explain.NearRule;
import io.ringfence.engine.explain.Question;
import io.ringfence.engine.explain.Side;
import java.net.InetAddress;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Explanations. A question is `SOURCE DESTINATION TRAFFIC`; an end is a processing unit's name, an
/// address, or `NAMESPACE:TAG,…` for one that could be. Whoever asks may not read the ruleset
/// `secret`.
class ExplainerTest {
    private static final String ENDS =
            """
            pu db /acme/shop 10.0.0.6 app=db; pu bare /acme/shop 10.0.0.3 app=db unenforced;
            """;

    /// What `BOTH` stands for: web may reach db.
    private static final String WEB_TO_DB =
            """
            rs w /acme/shop app=web; out Allow app=db tcp/5432 as=pg;
            rs d /acme/shop app=db; in Allow app=web tcp/5432;
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    both ends allow | BOTH | web db tcp/5432 | allow: out allow w/pg; in allow d
                    the destination's default rejects | ns /acme Allow Allow; ns /acme/lab Reject Allow | web lab tcp/80 | reject: out allow default@/acme; in reject default@/acme/lab
                    the source is told what it lacks | BOTH | api db tcp/5432 | reject: out reject default@/acme near [w/pg +app=web on source]; in reject default@/acme near [d +app=web on source]
                    so is the destination | BOTH | web api tcp/5432 | reject: out reject default@/acme near [w/pg +app=db on destination]; in reject default@/acme near [d +app=db on destination]
                    or the port | BOTH | web db tcp/3306 | reject: out reject default@/acme near [w/pg for tcp/5432]; in reject default@/acme near [d for tcp/5432]
                    or both | BOTH | api db udp/53 | reject: out reject default@/acme near [w/pg +app=web on source for tcp/5432]; in reject default@/acme near [d +app=web on source for tcp/5432]
                    a side that rejects explicitly names nothing near | BOTH; rs n /acme/shop app=db; in Reject app=web any as=no | web db tcp/5432 | reject: out allow w/pg; in reject n/no
                    an end that nobody enforces has no say | rs w /acme/shop app=web; out Allow app=db any | web bare tcp/5432 | allow: out allow w; in -
                    nor has an address of nobody | rs w /acme/shop app=web; out Allow net=internet tcp/443 | web 8.8.8.8 tcp/443 | allow: out allow w; in -
                    two addresses of nobody | BOTH | 8.8.8.8 9.9.9.9 tcp/443 | allow: out -; in -
                    an address of a unit is the unit | BOTH | 10.0.0.1 db tcp/5432 | allow: out allow w/pg; in allow d
                    two addresses are looked up in the asker's tenant | BOTH | 10.0.0.1 10.0.0.6 tcp/5432 | allow: out allow w/pg; in allow d
                    a hypothetical source has the tags it is given | BOTH | /acme/shop:app=web db tcp/5432 | allow: out allow w/pg; in allow d
                    and the namespace's organizational ones | ns /acme/shop Inherit Inherit org=@org:group=shop; rs d /acme/shop app=db; in Allow @org:group=shop tcp/5432 | /acme/shop:app=new db tcp/5432 | reject: out reject default@/acme; in allow d
                    and those that every unit has | rs d /acme/shop app=db; in Allow $namespace=/acme/shop tcp/5432 | /acme/shop:app=new db tcp/5432 | reject: out reject default@/acme; in allow d
                    a hypothetical one that lacks a tag | BOTH | /acme/shop:env=prod db tcp/5432 | reject: out reject default@/acme near [w/pg +app=web on source]; in reject default@/acme near [d +app=web on source]
                    a hypothetical destination | BOTH | web /acme/shop:app=db tcp/5432 | allow: out allow w/pg; in allow d
                    a hypothetical unit of another tenant is nobody's tags | BOTH | /rival:app=web db tcp/5432 | reject: out allow default@/rival; in reject default@/acme near [d +app=web on source]
                    the rule that lacks least comes first | rs a /acme/shop app=db; in Allow app=web&env=qa&team=x tcp/5432 as=far; in Allow app=web&env=qa tcp/5432 as=near | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a/near +env=qa on source, a/far +env=qa +team=x on source]
                    a missing tag is nearer than a missing tag and port | rs a /acme/shop app=db; in Allow env=qa tcp/1 as=port; in Allow env=qa tcp/5432 as=tag | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a/tag +env=qa on source, a/port +env=qa on source for tcp/1]
                    among equals one whose ports match comes first | rs a /acme/shop app=db; in Allow app=web tcp/1 as=port; in Allow env=qa tcp/5432 as=tag | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a/tag +env=qa on source, a/port for tcp/1]
                    then the nearer namespace | rs a /acme app=db propagate; in Allow env=qa any; rs b /acme/shop app=db; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [b +env=qa on source, a +env=qa on source]
                    then the lower id | rs b /acme/shop app=db; in Allow env=qa any; rs a /acme/shop app=db; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a +env=qa on source, b +env=qa on source]
                    of two clauses the one that lacks less counts | rs a /acme/shop app=db; in Allow env=qa&team=x,env=stage any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a +env=stage on source]
                    a missing prefix is told as it is written | rs a /acme/shop app=db; in Allow team=* any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a +team=* on source]
                    subject and object may lack something | rs a /acme/shop app=db&tier=gold; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a +env=qa on source +tier=gold on destination]
                    what a reject would then forbid is not near | rs a /acme/shop app=db; in Allow env=qa any; in Reject env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme
                    a fallback that steps back is not near | rs f /acme/shop app=db fallback; in Allow env=qa any; rs r /acme/shop app=db; in Allow app=api any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [r +app=api on source]
                    a rule under observation is not near, but told | rs r /acme/shop app=db; in Allow app=web any observe | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme observed allow r
                    a disabled ruleset is not near | rs r /acme/shop app=db disabled; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme
                    a ruleset that does not reach here is not near | rs r /acme app=db; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme
                    a ruleset that nobody may read is not near | rs secret /acme/shop app=db; in Allow env=qa any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme
                    nor named when it decides | rs secret /acme/shop app=db; in Allow app=web any | web db tcp/5432 | reject: out reject default@/acme; in allow (withheld)
                    no more than five are told | rs a /acme/shop app=db; in Allow a=1 any; in Allow a=2 any; in Allow a=3 any; in Allow a=4 any; in Allow a=5 any; in Allow a=6 any | web db tcp/5432 | reject: out reject default@/acme; in reject default@/acme near [a +a=1 on source, a +a=2 on source, a +a=3 on source, a +a=4 on source, a +a=5 on source]
                    an external network may lack a tag | rs w /acme/shop app=web; out Allow net=internet&trust=high tcp/443 | web 8.8.8.8 tcp/443 | reject: out reject default@/acme near [w +trust=high on destination in internet]; in -
                    an address in no network needs one | pu far /far 10.0.0.1 app=far; rs w /far app=far; out Allow net=x any | far 8.8.8.8 tcp/443 | reject: out reject default@/ near [w +net=x on destination]; in -
                    outside the target networks a network may lack a tag | pu web /acme/shop 10.0.0.1 app=web tcp=192.0.2.0/24; rs w /acme/shop app=web; out Allow app=db any; out Allow net=corp&trust=high tcp/5432; out Allow app=db&env=qa udp/53 | web db tcp/5432 | reject: out reject default@/acme near [w +app=db on destination in corp, w +trust=high on destination in corp]; in reject default@/acme
                    a unit may ask itself | rs a /acme/shop app=web; out Allow app=web any; in Allow app=web any | web web tcp/80 | allow: out allow a; in allow a
                    what it lacks as one end it lacks as both | rs a /acme/shop x=1; out Allow x=1 any | web web tcp/80 | reject: out reject default@/acme near [a +x=1 on source +x=1 on destination]; in reject default@/acme
                    """)
    void explains(String sentence, String extra, String question, String expected) {
        assertThat(text(explain(extra, question))).as(sentence).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    both allow | BOTH | web db tcp/5432 | Rule `pg` of `ruleset w` lets it leave the source, and `ruleset d` lets it reach the destination.
                    a tag is missing | rs w /acme/shop app=api; out Allow app=db any; rs web-to-db /acme/shop app=db; in Allow app=api&env=qa any | api db tcp/5432 | No rule lets it reach the destination: `ruleset web-to-db` would allow this if the source had `env=qa`.
                    two tags are missing | rs w /acme/shop app=api; out Allow app=db any; rs d /acme/shop app=db; in Allow a=1&b=2 any | api db tcp/5432 | No rule lets it reach the destination: `ruleset d` would allow this if the source had `a=1` and `b=2`.
                    both ends lack something | rs w /acme/shop app=api; out Allow app=db any; rs d /acme/shop app=db&c=3; in Allow a=1 any | api db tcp/5432 | No rule lets it reach the destination: `ruleset d` would allow this if the source had `a=1` and the destination had `c=3`.
                    the port is another | rs w /acme/shop app=api; out Allow app=db any; rs d /acme/shop app=db; in Allow app=api tcp/1+tcp/2 | api db tcp/5432 | No rule lets it reach the destination: `ruleset d` would allow this if it were for `tcp/1` or `tcp/2`.
                    a network lacks a tag | rs w /acme/shop app=web; out Allow net=internet&trust=high any | web 8.8.8.8 tcp/443 | No rule lets it leave the source: `ruleset w` would allow this if the external network `internet` had `trust=high`.
                    there is no network | pu far /far 10.0.0.1 app=far; ns /far Reject Reject; rs w /far app=far; out Allow net=x any | far 8.8.8.8 tcp/443 | No rule lets it leave the source: `ruleset w` would allow this if the destination were in an external network with `net=x`.
                    nothing comes near | ns /acme Reject Allow | web db tcp/5432 | No rule lets it reach the destination, and none comes near.
                    somebody says no | ns /acme Allow Allow; rs d /acme/shop app=db; in Reject app=web any | web db tcp/5432 | `ruleset d` does not let it reach the destination.
                    somebody secret says no | ns /acme Allow Allow; rs secret /acme/shop app=db; in Reject app=web any | web db tcp/5432 | A ruleset you may not read does not let it reach the destination.
                    only the defaults allow | ns /acme Allow Allow | web db tcp/5432 | The default action of namespace `/acme` lets it leave the source, and the default action of namespace `/acme` lets it reach the destination.
                    nobody has a say | BOTH | 8.8.8.8 9.9.9.9 tcp/443 | Nobody enforces at either end, so nothing stops it.
                    """)
    void says(String sentence, String extra, String question, String expected) {
        assertThat(explain(extra, question).text()).as(sentence).isEqualTo(expected);
    }

    @ParameterizedTest(name = "only {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OUTGOING | allow: out allow w/pg; in - | Rule `pg` of `ruleset w` lets it leave the source.",
                "INCOMING | reject: out -; in reject default@/acme near [d +app=web on source] | No rule lets it reach the destination: `ruleset d` would allow this if the source had `app=web`.",
            })
    void asksOneEndOnly(Direction direction, String expected, String words) {
        String alike = WEB_TO_DB.replace("rs w /acme/shop app=web", "rs w /acme/shop app=api");
        Explanation explanation = explainer(alike).explain(question("api db tcp/5432"), direction);
        assertThat(text(explanation)).isEqualTo(expected);
        assertThat(explanation.text()).isEqualTo(words);
    }

    @Test
    void asksAboutWhatThereIs() {
        assertThatThrownBy(() -> explain("", "web nobody tcp/80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nobody'");
    }

    private static Explanation explain(String extra, String question) {
        return explainer(extra).explain(question(question));
    }

    private static Explainer explainer(String extra) {
        World world =
                WorldText.parse(
                        VerdictTable.SHOP,
                        VerdictTable.NETWORKS + ";" + ENDS,
                        extra.replace("BOTH", WEB_TO_DB));
        return new Explainer(world, "/acme/shop", ruleset -> !ruleset.id().equals("secret"));
    }

    private static Question question(String text) {
        String[] words = text.split(" ");
        return new Question(endpoint(words[0]), endpoint(words[1]), VerdictTable.traffic(words[2]));
    }

    private static Endpoint endpoint(String text) {
        if (text.startsWith("/")) {
            String[] parts = text.split(":", 2);
            return new Endpoint.Hypothetical(parts[0], WorldText.tags(parts[1]));
        }
        return text.matches(".*[.:].*")
                ? new Endpoint.Address(InetAddress.ofLiteral(text))
                : new Endpoint.Unit(text);
    }

    private static String text(Explanation explanation) {
        return "%s: out %s; in %s"
                .formatted(
                        explanation.action().name().toLowerCase(Locale.ROOT),
                        text(explanation.outgoing()),
                        text(explanation.incoming()));
    }

    private static String text(Side side) {
        return switch (side) {
            case Side.NotApplicable() -> "-";
            case Side.Judged judged -> {
                String nearest =
                        judged.nearest().stream()
                                .map(ExplainerTest::text)
                                .collect(Collectors.joining(", "));
                yield VerdictTable.text(judged.verdict())
                        + (judged.withheld() ? "(withheld)" : "")
                        + (nearest.isEmpty() ? "" : " near [" + nearest + "]");
            }
        };
    }

    private static String text(NearRule near) {
        StringBuilder text = new StringBuilder(near.policyId());
        text.append(near.ruleName().isEmpty() ? "" : "/" + near.ruleName());
        near.missingOnSource().forEach(tag -> text.append(" +").append(tag));
        text.append(near.missingOnSource().isEmpty() ? "" : " on source");
        near.missingOnDestination().forEach(tag -> text.append(" +").append(tag));
        text.append(near.missingOnDestination().isEmpty() ? "" : " on destination");
        text.append(near.externalNetwork().isEmpty() ? "" : " in " + near.externalNetwork());
        text.append(near.ports().isEmpty() ? "" : " for " + String.join("+", near.ports()));
        return text.toString();
    }
}
