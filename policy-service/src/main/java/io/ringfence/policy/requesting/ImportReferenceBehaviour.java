package io.ringfence.policy.requesting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.policy.importing.DocumentImporter;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// What a reference brought belongs to it: changing its document changes that, and it goes with the
/// reference. Two references never own the same object, whatever their labels.
@ApplicationScoped
class ImportReferenceBehaviour implements ResourceBehaviour {
    private static final String LABEL = "label";

    private final DocumentImporter importer;
    private final DocumentResources resources;

    ImportReferenceBehaviour(DocumentImporter importer, DocumentResources resources) {
        this.importer = importer;
        this.resources = resources;
    }

    @Override
    public String identity() {
        return DocumentRequestResources.REFERENCE;
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        create.object().put("ID", ObjectId.fresh());
        return store(create);
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        return store(update);
    }

    private Uni<ObjectNode> store(Change change) {
        ObjectNode reference = change.object();
        reference.put(LABEL, label(reference));
        ArrayNode claims = reference.putArray("claims");
        change.caller().tags().forEach(claims::add);
        ImportDocument document =
                ImportDocument.labelled(owner(reference), reference.path("data"), resources);
        return alone(change).chain(() -> importer.within(change, document)).replaceWith(reference);
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        return importer.within(delete, DocumentImporter.nothing(owner(delete.object())))
                .replaceWithVoid();
    }

    private static String label(ObjectNode reference) {
        String own = reference.path(LABEL).asText("");
        return own.isEmpty() ? ImportDocument.label(reference.path("data")) : own;
    }

    /// What its objects are labelled with.
    private static String owner(ObjectNode reference) {
        return "importreference " + reference.path("ID").asText();
    }

    /// Refuses what the constraint of this reference, or of one that is there, does not allow.
    private static Uni<Void> alone(Change change) {
        String label = change.object().path(LABEL).asText();
        Selection sameLabel = Selection.of(Scope.everywhere()).where(Filter.equal(LABEL, label));
        return change.transaction()
                .exclusively("importreferences " + label)
                .chain(() -> change.transaction().list(change.declaration(), sameLabel))
                .invoke(found -> refuse(change, found))
                .replaceWithVoid();
    }

    private static void refuse(Change change, List<ObjectNode> sameLabel) {
        ObjectNode own = change.object();
        Optional<ObjectNode> hindrance =
                sameLabel.stream()
                        .filter(other -> !other.path("ID").equals(own.path("ID")))
                        .filter(other ->
                                excludes(own, change.namespace(), namespace(other))
                                        || excludes(other, namespace(other), change.namespace()))
                        .findFirst();
        if (hindrance.isPresent()) {
            throw Fault.invalid(
                            "constraint",
                            "There is an import reference with the label '%s' already, and one of the two wants to be the only one; delete it first, or choose another label"
                                    .formatted(own.path(LABEL).asText()))
                    .asException();
        }
    }

    private static String namespace(ObjectNode reference) {
        return reference.path("namespace").asText();
    }

    /// Whether a reference's constraint forbids another one there.
    private static boolean excludes(ObjectNode reference, String own, String there) {
        return switch (reference.path("constraint").asText()) {
            case "Unique" -> there.equals(own) || Scope.isBelow(there, own);
            case "NamespaceUnique" -> there.equals(own);
            default -> false;
        };
    }
}
