package io.ringfence.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.FilterParser;
import io.ringfence.protocol.filter.FilterSyntaxException;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.store.StoreSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lists that clients ask for all day, over forty thousand objects in two hundred namespaces:
/// PostgreSQL answers each of them from an index.
class IndexIT {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .with(Mixin.PROPAGATED, Mixin.ARCHIVABLE)
                    .attribute(Attribute.text("enforcerID"))
                    .attribute(Attribute.nestedList("parts", Attribute.text("kind")))
                    .build();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\?(\\d+)");

    private static Connection connection;

    @BeforeAll
    static void fill() throws SQLException {
        connection = StoreSchema.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into object
                    select lpad(to_hex(i), 24, '0'),
                        case when i % 4 = 0 then 'other' else 'thing' end, n, 'name' || i, null,
                        i % 50 = 0, i % 10 = 0, null, i, now(), now(),
                        array['$name=name' || i, 'app=' || (i % 500), 'all=same'],
                        jsonb_build_object('ID', lpad(to_hex(i), 24, '0'), 'name', 'name' || i,
                            'associatedTags', jsonb_build_array('app=' || (i % 500)),
                            'enforcerID', 'enforcer' || (i % 400),
                            'parts', jsonb_build_array(jsonb_build_object('kind', 'k' || (i % 300))))
                    from generate_series(1, 40000) i,
                        lateral (select '/tenant' || (i % 50) || '/child' || (i % 4)) as names(n)
                    """);
            statement.execute("analyze object");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a namespace                 | /tenant7/child3 | false | false | ``
                    a name in it                | /tenant7/child3 | false | false | name == name7
                    names in it                 | /tenant7/child3 | false | false | name in [name7, name57]
                    an ID in it                 | /tenant7/child3 | false | false | ID == "000000000000000000000007"
                    a tag in it                 | /tenant7/child3 | false | false | normalizedTags contains ["app=7"]
                    a tenant                    | /tenant7        | true  | false | ``
                    a name in a tenant          | /tenant7        | true  | false | name == name7
                    a tag in a tenant           | /tenant7        | true  | false | associatedTags contains ["app=7"]
                    propagated ones             | /tenant7/child3 | false | true  | ``
                    a name anywhere             | /               | true  | false | name == name7
                    an ID anywhere              | /               | true  | false | ID == "000000000000000000000007"
                    a derived tag anywhere      | /               | true  | false | normalizedTags contains ["$name=name7"]
                    a user's tag anywhere       | /               | true  | false | associatedTags contains ["app=7"]
                    one of two tags and a name  | /               | true  | false | normalizedTags contains ["app=7", "app=8"] and name != name7
                    a text anywhere             | /               | true  | false | enforcerID == enforcer7
                    inside lists, anywhere      | /               | true  | false | parts.kind == k7
                    """)
    void answersFromAnIndex(
            String sentence, String namespace, boolean recursive, boolean propagated, String filter)
            throws Exception {
        Scope scope = new Scope(namespace, recursive, propagated);
        Selection selection =
                new Selection(scope, parsed(filter), List.of(), new Page.Everything(), false);

        for (SqlQuery query :
                List.of(SqlQuery.list(THING, selection), SqlQuery.count(THING, selection))) {
            assertThat(plan(query)).as(query.sql()).contains("Index").doesNotContain("Seq Scan");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"the first page, ''", "a later page, 000000000000000000004e20"})
    void pagesFromAnIndex(String sentence, String after) throws Exception {
        String cursor =
                after.isEmpty()
                        ? ""
                        : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(after.getBytes(StandardCharsets.UTF_8));
        Selection selection =
                new Selection(
                        Scope.everywhere(),
                        Optional.empty(),
                        List.of(),
                        new Page.After(cursor, 100),
                        true);
        assertThat(plan(SqlQuery.list(THING, selection)))
                .contains("Index")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    private static Optional<Filter> parsed(String filter) throws FilterSyntaxException {
        return filter.isEmpty()
                ? Optional.empty()
                : Optional.of(FilterParser.parse(filter, Clock.systemUTC()));
    }

    /// As PostgreSQL says it, with the values it would get.
    private static String plan(SqlQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        Matcher placeholders = PLACEHOLDER.matcher(query.sql());
        String sql =
                placeholders.replaceAll((MatchResult found) -> {
                    values.add(query.parameters().get(Integer.parseInt(found.group(1)) - 1));
                    return "?";
                });
        try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
            for (int i = 0; i < values.size(); i++) {
                explain.setObject(
                        i + 1,
                        values.get(i) instanceof String[] texts
                                ? connection.createArrayOf("text", texts)
                                : values.get(i));
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
