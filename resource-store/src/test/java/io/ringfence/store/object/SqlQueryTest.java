package io.ringfence.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.FilterParser;
import io.ringfence.protocol.filter.FilterSyntaxException;
import io.ringfence.protocol.query.Cursor;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTest {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .with(Mixin.DISABLED, Mixin.ARCHIVABLE)
                    .attribute(Attribute.whole("size"))
                    .attribute(Attribute.time("seen"))
                    .attribute(Attribute.text("image"))
                    .attribute(Attribute.nested("lock", Attribute.text("kind")))
                    .attribute(Attribute.nestedList("parts", Attribute.whole("count")))
                    .build();

    private static SqlQuery query(String filter) {
        try {
            Filter parsed = FilterParser.parse(filter, Clock.systemUTC());
            return SqlQuery.list(THING, Selection.of(Scope.only("/acme")).where(parsed));
        } catch (FilterSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name == \"x' or '1'='1\"",
                "associatedTags contains [\"x' or '1'='1\"]",
                "name in [\"x' or '1'='1\"]",
                "name matches [\"x' or '1'='1\"]",
                "metadata == \"x' or '1'='1\""
            })
    void putsNoValueIntoTheStatement(String filter) {
        SqlQuery query = query(filter);

        assertThat(query.sql()).doesNotContain("'1'='1'");
        assertThat(query.parameters().toString() + deep(query)).contains("x' or '1'='1");
    }

    private static String deep(SqlQuery query) {
        return Arrays.deepToString(query.parameters().toArray());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a column        | name == a              | (o.name collate "C") =
                    texts by index  | image == a             | o.body @> cast(
                    no text         | image == ""            | (coalesce((o.body ->> 'image'), '') collate "C") =
                    another text    | image != a             | (coalesce((o.body ->> 'image'), '') collate "C") is distinct from
                    inside          | lock.kind != a         | (o.body -> 'lock' ->> 'kind')
                    inside a list   | parts.count == 3       | o.body @> cast(
                    a number        | size > 3               | coalesce(cast((o.body ->> 'size') as float8), 0) >
                    a truth         | disabled == true       | cast((o.body ->> 'disabled') as boolean)
                    a time as text  | seen > now()           | ((o.body ->> 'seen') collate "C") >
                    tags by index   | normalizedTags contains ["a=b"] | o.normalized_tags &&
                    lists by index  | associatedTags contains ["a=b"] | o.body @> cast(
                    none of         | associatedTags not contains ["a=b"] | not (o.body @>
                    existence       | description exists     | is not null
                    """)
    void comparesByType(String sentence, String filter, String expected) {
        assertThat(query(filter).sql()).contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a text for a number   | size == small
                    a number for a truth  | disabled == 3
                    no time               | seen == yesterday
                    order of lists        | associatedTags > a
                    no expression         | name matches ["("]
                    order inside lists    | parts.count > 3
                    expressions in lists  | parts.count matches [a]
                    a back reference      | name matches ["(a)\\1"]
                    """)
    void refusesWhatCannotBeCompared(String sentence, String filter) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> query(filter));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void looksIntoListsOfObjects() {
        assertThat(deep(query("parts.count == 3"))).contains("{\"parts\":[{\"count\":3.0}]}");
    }

    @Test
    void staysInItsNamespace() {
        SqlQuery one = SqlQuery.count(THING, Selection.of(Scope.only("/acme")));
        assertThat(one.sql()).contains("o.namespace = ").doesNotContain(" or ");
        assertThat(one.parameters()).containsExactly("thing", "/acme");
    }

    @Test
    void readsChildrenAsARange() {
        SqlQuery below = SqlQuery.count(THING, Selection.of(Scope.under("/acme")));
        assertThat(below.parameters()).containsExactly("thing", "/acme", "/acme/", "/acme0");
    }

    @Test
    void hidesArchivedObjectsUnlessAsked() {
        Selection plain =
                new Selection(
                        Scope.only("/"), Optional.empty(), List.of(), new Page.Everything(), false);
        assertThat(SqlQuery.list(THING, plain).sql()).contains("not o.archived");
    }

    @Test
    void startsBehindTheCursor() {
        Selection behind =
                new Selection(
                        Scope.only("/acme"),
                        Optional.empty(),
                        List.of(new Selection.Order("name", true)),
                        new Page.After(Cursor.behind(object(), orderByName()), 10),
                        true);
        SqlQuery query = SqlQuery.list(THING, behind);

        assertThat(query.sql()).contains("collate \"C\") < ").contains("o.id > ");
        assertThat(query.parameters()).contains("6b0000000000000000000001", "last", 10L);
    }

    private static List<Selection.Order> orderByName() {
        return List.of(new Selection.Order("name", true));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", "6b0000000000000000000001")
                .put("name", "last");
    }

    @Test
    void refusesAForeignCursor() {
        Selection foreign = Selection.of(Scope.only("/acme"));
        Selection page =
                new Selection(
                        foreign.scope(),
                        foreign.filter(),
                        foreign.order(),
                        new Page.After("!!", 10),
                        true);
        assertThat(
                        catchThrowableOfType(ApiException.class, () -> SqlQuery.list(THING, page))
                                .status())
                .isEqualTo(400);
    }
}
