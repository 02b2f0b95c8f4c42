package io.ringfence.gateway.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.query.ReadQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final List<ObjectNode> OBJECTS =
            List.of(named("/c"), named("/a"), named("/b"), named("/a/b"), named("/"));

    @Test
    void isInTheOrderOfNames() {
        assertThat(names(Map.of())).containsExactly("/", "/a", "/a/b", "/b", "/c");
        assertThat(names(Map.of("order", List.of("-name"))))
                .containsExactly("/c", "/b", "/a/b", "/a", "/");
    }

    @Test
    void filters() {
        assertThat(names(Map.of("q", List.of("name matches '^/a'", "name == '/c'"))))
                .containsExactly("/a", "/a/b", "/c");
    }

    @Test
    void hasNumberedPages() {
        Map<String, List<String>> second = Map.of("page", List.of("2"), "pagesize", List.of("2"));

        assertThat(names(second)).containsExactly("/a/b", "/b");
        assertThat(listing(second).select(OBJECTS).total()).isEqualTo(5);
    }

    @Test
    void leadsFromPageToPage() {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Listing.Found page =
                    listing(Map.of("limit", List.of("2"), "after", List.of(next.get())))
                            .select(OBJECTS);
            page.objects().forEach(object -> all.add(object.path("name").asText()));
            next = page.next();
        }

        assertThat(all).containsExactly("/", "/a", "/a/b", "/b", "/c");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> listing(Map.of("color", List.of("red"))))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> listing(Map.of("after", List.of("***"))).select(OBJECTS))
                .isInstanceOf(ApiException.class);
    }

    private static List<String> names(Map<String, List<String>> parameters) {
        return listing(parameters).select(OBJECTS).objects().stream()
                .map(object -> object.path("name").asText())
                .toList();
    }

    private static Listing listing(Map<String, List<String>> parameters) {
        return Listing.of(
                ReadQuery.of(parameters)
                        .selection(AccessibleNamespacesPage.DECLARATION, "/", Clock.systemUTC()));
    }

    private static ObjectNode named(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name);
    }
}
