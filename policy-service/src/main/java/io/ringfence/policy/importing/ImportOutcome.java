package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.Skipped;
import io.ringfence.protocol.behaviour.Difference;
import io.ringfence.protocol.behaviour.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What an import did, or would do.
///
/// @param skipped what of the document was left out
public record ImportOutcome(
        List<Outcome> created,
        List<Outcome> updated,
        List<Outcome> deleted,
        int unchanged,
        List<Skipped> skipped) {

    public Stream<Outcome> changes() {
        return Stream.of(created, updated, deleted).flatMap(List::stream);
    }

    /// What the caller is told: what was left out, and what the resources have to say.
    public List<String> messages() {
        Set<String> sentences = new LinkedHashSet<>();
        skipped.forEach(each -> sentences.add(each.sentence()));
        changes().forEach(each -> sentences.addAll(each.change().messages().all()));
        return List.copyOf(sentences);
    }

    /// The answer: the 5.0 form (`mode`, `data`), and, ours, how many objects it concerned.
    ObjectNode answer(String label, boolean isRemoval, boolean isPlan) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("mode", isRemoval ? "Remove" : "Import");
        answer.putObject("data").put("APIVersion", 1).put("label", label);
        answer.put("plan", isPlan)
                .put("created", created.size())
                .put("updated", updated.size())
                .put("deleted", deleted.size())
                .put("unchanged", unchanged);
        ArrayNode left = answer.putArray("skipped");
        skipped.forEach(each ->
                left.addObject()
                        .put("key", each.key())
                        .put("objects", each.objects())
                        .put("reason", each.reason()));
        if (isPlan) {
            changes(answer.putArray("changes"));
        }
        return answer;
    }

    private void changes(ArrayNode list) {
        created.forEach(each -> change(list, "create", each));
        updated.forEach(each ->
                change(list, "update", each)
                        .set(
                                "difference",
                                Difference.between(
                                                each.change().declaration(),
                                                each.change().stored().orElseThrow(),
                                                each.stored())
                                        .tree()));
        deleted.forEach(each -> change(list, "delete", each));
    }

    private static ObjectNode change(ArrayNode list, String operation, Outcome outcome) {
        ObjectNode change =
                list.addObject()
                        .put("operation", operation)
                        .put("identity", outcome.change().declaration().identity())
                        .put("name", outcome.stored().path("name").asText());
        return operation.equals("create")
                ? change
                : change.put("ID", outcome.stored().path("ID").asText());
    }
}
