package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the table `object`: the tree, and beside it what SQL has to know of it.
@Entity
@Table(name = "object")
class StoredObject {
    @Id String id = "";
    String identity = "";
    String namespace = "";
    String name = "";

    @Column(name = "unique_name")
    @Nullable String uniqueName;

    boolean propagate;
    boolean archived;

    @Column(name = "import_label")
    @Nullable String importLabel;

    /// Taken from a sequence while the row is locked, so that it rises with every change.
    long revision;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "normalized_tags")
    String[] normalizedTags = {};

    JsonObject body = new JsonObject();

    protected StoredObject() {}

    static StoredObject of(ResourceDeclaration resource, ObjectNode object) {
        StoredObject row = new StoredObject();
        row.id = object.path("ID").asText();
        row.identity = resource.identity();
        row.createdAt = Instant.parse(object.path("createTime").asText());
        row.take(resource, object);
        return row;
    }

    /// Everything that a change may change.
    void take(ResourceDeclaration resource, ObjectNode object) {
        namespace = object.path("namespace").asText();
        name = object.path("name").asText("");
        uniqueName = resource.uniqueName() ? name : null;
        propagate = object.path("propagate").asBoolean();
        archived = object.path("archived").asBoolean();
        updatedAt = Instant.parse(object.path("updateTime").asText());
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : object.path("normalizedTags")) {
            tags.add(tag.asText());
        }
        normalizedTags = tags.toArray(String[]::new);
        body = Trees.toVertx(object);
    }

    /// The tree, its attributes in the declared order again, which jsonb does not keep.
    ObjectNode object(ResourceDeclaration resource) {
        ObjectNode tree = Trees.fromVertx(body);
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        resource.attributes()
                .keySet()
                .forEach(attribute -> {
                    JsonNode value = tree.get(attribute);
                    if (value != null) {
                        ordered.set(attribute, value);
                    }
                });
        return ordered;
    }

    /// The tree as it is.
    ObjectNode object() {
        return Trees.fromVertx(body);
    }
}
