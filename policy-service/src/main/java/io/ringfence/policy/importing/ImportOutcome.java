package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Outcome;
import java.util.List;

/// What an import did.
record ImportOutcome(
        List<Outcome> created, List<Outcome> updated, List<Outcome> deleted, int unchanged) {

    /// The answer: the 5.0 form (`mode`, `data`), and, ours, how many objects it concerned.
    ObjectNode answer(ImportDocument document) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("mode", document.mode() == ImportDocument.Mode.IMPORT ? "Import" : "Remove");
        answer.putObject("data").put("APIVersion", 1).put("label", document.label());
        return answer.put("created", created.size())
                .put("updated", updated.size())
                .put("deleted", deleted.size())
                .put("unchanged", unchanged);
    }
}
