package io.ringfence.protocol.relation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request on a relation, its parent found.
///
/// @param parent as stored, visible in the caller's namespace
/// @param scope the caller's namespace, and more if `recursive` or `propagated` ask for it
/// @param parameters the relation's own query parameters, values checked
/// @param transaction the one that the request runs in
public record RelationCall(
        Caller caller,
        ObjectNode parent,
        Scope scope,
        Map<String, String> parameters,
        Transaction transaction) {

    public RelationCall {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// The relation's own parameters of a request; empty values count as absent.
    ///
    /// @throws io.ringfence.protocol.error.ApiException 400 if a value is not allowed
    public static Map<String, String> parameters(
            Relation relation, Map<String, List<String>> query) {
        Map<String, String> own = new java.util.HashMap<>();
        for (String name : relation.parameters().keySet()) {
            query.getOrDefault(name, List.of()).stream()
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .ifPresent(value -> {
                        relation.problem(name, value)
                                .ifPresent(sentence -> {
                                    throw Fault.badRequest(sentence).asException();
                                });
                        own.put(name, value);
                    });
        }
        return own;
    }
}
