package io.ringfence.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.filter.Filter;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadQueryTest {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .attribute(Attribute.text("password").secret())
                    .attribute(Attribute.nested("lock", Attribute.text("code").secret()))
                    .build();

    private static Selection selection(String query) {
        return read(query).selection(THING, "/acme", Clock.systemUTC());
    }

    private static ReadQuery read(String query) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : URI.create("http://x/?" + query).getQuery().split("&")) {
            int equals = pair.indexOf('=');
            parameters
                    .computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
                    .add(pair.substring(equals + 1));
        }
        return ReadQuery.of(parameters);
    }

    @Test
    void readsPages() {
        assertThat(selection("page=2&pagesize=50").page()).isEqualTo(new Page.Numbered(2, 50));
        assertThat(selection("limit=5").page()).isEqualTo(new Page.After("", 5));
        assertThat(selection("recursive=false").page())
                .isEqualTo(new Page.After("", ReadQuery.LARGEST_PAGE));
    }

    @Test
    void readsScopeAndOrder() {
        Selection selection = selection("recursive=true&propagated=true&order=-name&order=ID");

        assertThat(selection.scope()).isEqualTo(new Scope("/acme", true, true));
        assertThat(selection.order())
                .containsExactly(
                        new Selection.Order("name", true), new Selection.Order("ID", false));
    }

    @Test
    void joinsRepeatedFiltersByOr() {
        assertThat(selection("q=name%20exists&q=ID%20exists").filter())
                .contains(
                        new Filter.Or(
                                List.of(
                                        new Filter.Exists("name", false),
                                        new Filter.Exists("ID", false))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an unknown parameter        | colour=red
                    page with limit             | page=1&limit=5
                    after with pagesize         | after=x&pagesize=5
                    two orders behind a cursor  | after=x&order=name&order=ID
                    a page that is no number    | page=one
                    a negative page             | page=-1
                    too large a page            | pagesize=100000
                    too large a limit           | limit=100000
                    neither true nor false      | recursive=maybe
                    an order by nothing known   | order=colour
                    an order by a list          | order=associatedTags
                    an order by a secret        | order=password
                    a filter on a secret        | q=password%20matches%20a
                    a filter on a secret inside | q=lock.code%20exists
                    a filter on a path nowhere  | q=lock.kind%20exists
                    a filter that does not read | q=name%20%3D%20a
                    a filter on nothing known   | q=colour%20%3D%3D%20red
                    """)
    void refuses(String sentence, String query) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> selection(query));

        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void understandsMoreWhereItIsTold() {
        Map<String, List<String>> mode = Map.of("mode", List.of("subject"));
        assertThat(ReadQuery.of(mode, Set.of("mode"))).isNotNull();
        assertThat(catchThrowableOfType(ApiException.class, () -> ReadQuery.of(mode)).status())
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0} does not say what to delete")
    @ValueSource(
            strings = {
                "override=true",
                "q=",
                "q=name%20exists&recursive=true",
                "q=name%20exists&limit=1"
            })
    void deletesOnlyWhatIsNamed(String query) {
        assertThat(
                        catchThrowableOfType(
                                        ApiException.class,
                                        () ->
                                                read(query)
                                                        .deletion(
                                                                THING, "/acme", Clock.systemUTC()))
                                .status())
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    its own object            | /acme      | false | false | /acme       | false | true
                    a child's, not asked for  | /acme      | false | false | /acme/shop  | true  | false
                    a child's                 | /acme      | true  | false | /acme/shop  | false | true
                    a namesake's              | /acme      | true  | false | /acme2      | false | false
                    everything, from the root | /          | true  | false | /acme2      | false | true
                    a parent's                | /acme/shop | false | true  | /acme       | true  | true
                    a parent's own            | /acme/shop | false | true  | /acme       | false | false
                    the root's                | /acme/shop | false | true  | /           | true  | true
                    a sibling's               | /acme/shop | true  | true  | /acme/other | true  | false
                    """)
    void reaches(
            String sentence,
            String namespace,
            boolean recursive,
            boolean propagated,
            String of,
            boolean isPropagated,
            boolean expected) {
        assertThat(new Scope(namespace, recursive, propagated).reaches(of, isPropagated))
                .isEqualTo(expected);
    }

    @Test
    void climbsToTheRoot() {
        assertThat(Scope.ancestors("/a/b/c")).containsExactly("/", "/a", "/a/b");
        assertThat(Scope.ancestors("/")).isEmpty();
    }
}
