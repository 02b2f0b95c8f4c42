package io.ringfence.bench.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyHostHasAnAddressOfItsOwn() {
        assertThat(IntStream.range(0, 100_000).mapToObj(Fleet::address)).doesNotHaveDuplicates();
        assertThat(Fleet.address(99_999)).isEqualTo("10.1.149.250");
    }

    @Test
    void aRetaggedObjectKeepsItsOtherTags() throws Exception {
        ObjectNode unit =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"name": "host", "associatedTags": ["customer=1", "role=client"]}
                                """);
        JsonNode changed = JSON.readTree(Fleet.retagged(unit, "role=", "role=guest"));
        assertThat(changed)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"name": "host", "associatedTags": ["customer=1", "role=guest"]}
                                """));
        assertThat(unit.path("associatedTags").get(1).asText()).isEqualTo("role=client");
    }
}
