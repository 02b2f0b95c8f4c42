package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    @Test
    void readsYamlAndJsonAlike() {
        assertThat(Documents.parse("label: shop\nn: [1]", "a"))
                .isEqualTo(Documents.parse("{\"label\":\"shop\",\"n\":[1]}", "b"));
    }

    @Test
    void takesValuesAsJsonWhereTheyAreAndAsTextElsewhere() {
        ObjectNode object = new ObjectMapper().createObjectNode();
        Documents.set(object, List.of("name=a b", "propagate=true", "entries=[\"10.0.0.0/8\"]"));
        assertThat(object.toString())
                .isEqualTo("{\"name\":\"a b\",\"propagate\":true,\"entries\":[\"10.0.0.0/8\"]}");
    }

    @Test
    void saysWhatIsWrongWithADocument() {
        assertThatThrownBy(() -> Documents.parse("{\"a\":", "shop.json"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("shop.json");
        assertThatThrownBy(() -> Documents.parse("just text", "shop.yaml"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no object");
    }

    @Test
    void knowsResourcesByTheirOtherNames() {
        assertThat(ResourceNames.named("extnets")).isEqualTo(ResourceNames.EXTERNAL_NETWORKS);
        assertThat(ResourceNames.named("NetRuleset")).isEqualTo(ResourceNames.NETWORK_RULESETS);
        assertThatThrownBy(() -> ResourceNames.named("nothing"))
                .hasMessageContaining("externalnetworks");
    }
}
