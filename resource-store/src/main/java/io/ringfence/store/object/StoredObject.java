package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/// A row of the table `object`: the tree, and beside it what SQL has to know of it. It is read as
/// an entity and written by [WriteSql].
@Entity
@Table(name = "object")
class StoredObject {
    /// Of a table `o`, as a native query has to give them.
    static final String COLUMNS = columns("o.revision");

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

    /// JSON as PostgreSQL writes it: the driver would make a tree of its own of it.
    @ColumnTransformer(read = "cast(body as text)")
    String body = "{}";

    protected StoredObject() {}

    /// @param revision an expression for it
    static String columns(String revision) {
        return """
        o.id, o.identity, o.namespace, o.name, o.unique_name, o.propagate, o.archived, o.import_label,
        %s as revision, o.created_at, o.updated_at, o.normalized_tags, cast(o.body as text) as body
        """
                .formatted(revision);
    }

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
        body = Trees.text(object);
    }

    /// The tree, its attributes in the declared order again, which jsonb does not keep.
    ObjectNode object(ResourceDeclaration resource) {
        ObjectNode tree = Trees.object(body);
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
        return Trees.object(body);
    }
}
