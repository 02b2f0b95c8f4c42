package io.ringfence.policy.requesting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.policy.importing.DocumentImporter;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.Difference;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// A request lives with its requester until it is submitted, and then in the target namespace. Who
/// approves it there imports its objects with their own rights; what they may not write themselves
/// they cannot let in.
@ApplicationScoped
class ImportRequestBehaviour implements ResourceBehaviour {
    private static final int MOST_COMMENTS = 1_000;
    private static final String STATUS = "status";
    private static final String TARGET = "targetNamespace";
    private static final Set<String> OPEN_WHILE_SUBMITTED =
            Set.of(STATUS, "comment", "commentFeed");

    private final DocumentImporter importer;
    private final DocumentResources resources;
    private final Clock clock = Clock.systemUTC();

    ImportRequestBehaviour(DocumentImporter importer, DocumentResources resources) {
        this.importer = importer;
        this.resources = resources;
    }

    @Override
    public String identity() {
        return DocumentRequestResources.REQUEST;
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        ObjectNode request = create.object();
        request.put("ID", ObjectId.fresh()).put("requesterNamespace", create.namespace());
        ArrayNode claims = request.putArray("requesterClaims");
        create.caller().tags().forEach(claims::add);
        ImportRequestStatus status = status(request);
        if (!ImportRequestStatus.DRAFT.next().contains(status)) {
            throw Fault.invalid(STATUS, impossible(ImportRequestStatus.DRAFT, status))
                    .asException();
        }
        requireTarget(create);
        document(create);
        takeComment(create);
        // Who may only create requests cannot come back to submit them.
        return status == ImportRequestStatus.SUBMITTED
                ? moved(request, request.path(TARGET).asText())
                : Uni.createFrom().item(request);
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        ObjectNode request = update.object();
        ImportRequestStatus before = status(update.stored().orElseThrow());
        ImportRequestStatus after = status(request);
        if (!before.next().contains(after)) {
            throw Fault.invalid(STATUS, impossible(before, after)).asException();
        }
        if (before == ImportRequestStatus.SUBMITTED) {
            requireUntouched(update);
        }
        takeComment(update);
        ImportDocument document = document(update);
        return switch (after) {
            case DRAFT -> moved(request, request.path("requesterNamespace").asText());
            case SUBMITTED -> {
                if (before == ImportRequestStatus.DRAFT) {
                    requireTarget(update);
                }
                yield moved(request, request.path(TARGET).asText());
            }
            case APPROVED -> importer.within(update, document).replaceWith(request);
            case REJECTED -> Uni.createFrom().item(request);
        };
    }

    private static String impossible(ImportRequestStatus before, ImportRequestStatus after) {
        return before.next().isEmpty()
                ? "The request is %s, which is final; delete it and make another"
                        .formatted(before.text())
                : "A %s cannot become %s; it has to be Submitted first"
                        .formatted(before.text(), after.text());
    }

    private static Uni<ObjectNode> moved(ObjectNode request, String namespace) {
        return Uni.createFrom().item(request.put("namespace", namespace));
    }

    private static ImportRequestStatus status(ObjectNode request) {
        return ImportRequestStatus.of(request.path(STATUS).asText());
    }

    /// The objects, so that a request which could not be approved is not made.
    private ImportDocument document(Change change) {
        ObjectNode request = change.object();
        return ImportDocument.of(
                "importrequest " + request.path("ID").asText(),
                request.path("data"),
                List.of(),
                resources);
    }

    private static void requireTarget(Change change) {
        String target = change.object().path(TARGET).asText();
        if (!change.caller().mayCreateIn(target, DocumentRequestResources.REQUEST)) {
            throw Fault.of(
                            403,
                            "Forbidden",
                            "Attribute 'targetNamespace': you may not create import requests in %s"
                                    .formatted(target))
                    .asException();
        }
    }

    private static void requireUntouched(Change update) {
        ObjectNode changed =
                Difference.between(
                                update.declaration(),
                                update.stored().orElseThrow(),
                                update.object())
                        .tree();
        changed.properties()
                .forEach(each -> {
                    if (!OPEN_WHILE_SUBMITTED.contains(each.getKey())) {
                        throw Fault.invalid(
                                        each.getKey(),
                                        "A submitted request is not changed; set its status back to"
                                                + " Draft first")
                                .asException();
                    }
                });
    }

    /// Moves a new comment to where it stays.
    private void takeComment(Change change) {
        ObjectNode request = change.object();
        String comment = request.path("comment").asText("");
        if (comment.isBlank()) {
            return;
        }
        ArrayNode feed = request.withArrayProperty("commentFeed");
        if (feed.size() >= MOST_COMMENTS) {
            throw Fault.invalid(
                            "comment", "A request has at most %d comments".formatted(MOST_COMMENTS))
                    .asException();
        }
        feed = request.putArray("commentFeed").addAll(feed.deepCopy());
        ObjectNode entry = feed.addObject();
        ArrayNode claims = entry.putArray("claims");
        change.caller().tags().forEach(claims::add);
        entry.put("content", comment).put("date", Times.text(clock.instant()));
        request.put("comment", "");
    }
}
