package io.ringfence.testkit.domain;

import static io.ringfence.testkit.domain.ObjectFixture.processingUnit;
import static org.assertj.core.api.Assertions.assertThat;

import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;

class ObjectFixtureTest {
    @Test
    void isShownAsTheApiShowsIt() throws Exception {
        ObjectFixture unit = processingUnit("web-1").in("/acme").tagged("app=web").at("10.0.0.1");

        assertThat(JsonUtil.parseJson(unit.toJson()))
                .containsEntry("name", "web-1")
                .containsEntry("namespace", "/acme")
                .containsEntry("addresses", java.util.List.of("10.0.0.1"))
                .hasEntrySatisfying(
                        "normalizedTags",
                        tags ->
                                assertThat(tags)
                                        .asInstanceOf(
                                                org.assertj.core.api.InstanceOfAssertFactories.LIST)
                                        .contains("app=web", "$name=web-1"));
    }

    @Test
    void hasTheSameIdForTheSameName() {
        assertThat(processingUnit("web-1").id())
                .matches("[0-9a-f]{24}")
                .isEqualTo(processingUnit("web-1").tagged("a=b").id())
                .isNotEqualTo(processingUnit("web-2").id());
    }
}
