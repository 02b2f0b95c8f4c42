package io.ringfence.gateway.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectStatesTest {
    private final List<String> heard = new ArrayList<>();
    private final ObjectStates states =
            new ObjectStates(
                    new ObjectStates.Listener() {
                        @Override
                        public void changed(ObjectState state, JsonNode json) {
                            heard.add(json.path("name").asText());
                        }

                        @Override
                        public void deleted(String topic, String id) {
                            heard.add("-" + id);
                        }
                    });

    @Test
    void ignoresOlderStates() {
        hear("1", state("1", 3, "{\"name\": \"third\"}"));
        hear("1", state("1", 2, "{\"name\": \"second\"}"));
        hear("1", state("1", 3, "{\"name\": \"third again\"}"));
        hear("1", state("1", 4, "{\"name\": \"fourth\"}"));

        assertThat(heard).containsExactly("third", "fourth");
    }

    @Test
    void hearsDeletionsAndWhatComesAfterThem() {
        hear("1", state("1", 3, "{\"name\": \"first\"}"));
        hear("1", null);
        hear("1", state("1", 1, "{\"name\": \"new\"}"));

        assertThat(heard).containsExactly("first", "-1", "new");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> hear("1", new byte[] {1, 2, 3}))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessage("not an ObjectState");
        assertThatThrownBy(() -> hear("1", state("2", 1, "{}")))
                .hasMessage("the key is not the object's id");
        assertThatThrownBy(() -> hear("1", state("1", 1, "{")))
                .hasMessage("the object is not JSON");
    }

    private void hear(String key, byte @Nullable [] value) {
        states.heard(new ConsumerRecord<>("namespace.changed.v1", 0, 0, key, value));
    }

    private static byte[] state(String id, long revision, String json) {
        return ObjectState.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setJson(ByteString.copyFromUtf8(json))
                .build()
                .toByteArray();
    }
}
