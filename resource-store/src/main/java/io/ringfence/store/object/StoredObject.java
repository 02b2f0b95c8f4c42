package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the table `object`: the tree, and beside it what is not in the tree.
///
/// @param importLabel of the import that brought it; null: made by hand
/// @param revision taken from a sequence while the row is locked, so that it rises with every
///   change
/// @param tree its attributes in no order: jsonb does not keep it
record StoredObject(
        String id,
        String identity,
        String namespace,
        @Nullable String importLabel,
        long revision,
        Instant updatedAt,
        ObjectNode tree) {
    /// What [#read] has to find. The rest of the columns is for conditions only.
    static final String COLUMNS =
            "o.id, o.identity, o.namespace, o.import_label, o.revision, o.updated_at,"
                    + " cast(o.body as text) as body";

    static StoredObject read(Row row) {
        return new StoredObject(
                row.getString("id"),
                row.getString("identity"),
                row.getString("namespace"),
                row.getString("import_label"),
                row.getLong("revision"),
                row.getOffsetDateTime("updated_at").toInstant(),
                Trees.read(row.getString("body")));
    }

    /// The row that the object has to become.
    static StoredObject of(
            ResourceDeclaration resource,
            ObjectNode object,
            @Nullable String importLabel,
            long revision) {
        return new StoredObject(
                object.path("ID").asText(),
                resource.identity(),
                object.path("namespace").asText(),
                importLabel,
                revision,
                Instant.parse(object.path("updateTime").asText()),
                object);
    }

    /// The tree, its attributes in the declared order again.
    ObjectNode object(ResourceDeclaration resource) {
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

    /// For the column `normalized_tags`.
    String[] normalizedTags() {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : tree.path("normalizedTags")) {
            tags.add(tag.asText());
        }
        return tags.toArray(String[]::new);
    }
}
