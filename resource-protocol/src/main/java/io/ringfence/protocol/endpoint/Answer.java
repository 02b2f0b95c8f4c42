package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How this request wants to be answered: in which encoding, with which attributes (`X-Fields`).
record Answer(BodyFormat format, Set<String> fields) {

    static Answer wantedBy(HttpHeaders headers) {
        return wantedBy(
                Optional.ofNullable(headers.getRequestHeader(Header.FIELDS)).orElse(List.of()),
                Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                        .orElse(List.of()));
    }

    /// @param wanted what is in headers `X-Fields`
    /// @param accept what is in headers `Accept`
    static Answer wantedBy(List<String> wanted, List<String> accept) {
        Set<String> fields = new TreeSet<>();
        for (String header : wanted) {
            for (String field : header.split(",")) {
                if (!field.isBlank()) {
                    fields.add(field.strip());
                }
            }
        }
        return new Answer(BodyFormat.ofAccept(accept), fields);
    }

    /// @param objects an object of the resource, or a list of such
    /// @param messages what the caller is told about it
    Response.ResponseBuilder of(
            ResourceDeclaration resource, JsonNode objects, List<String> messages) {
        return MessageHeaders.on(
                Response.ok(written(resource, objects), format.mediaType()), messages);
    }

    /// The same as bytes alone.
    byte[] written(ResourceDeclaration resource, JsonNode objects) {
        return format.write(resource, fields.isEmpty() ? objects : only(objects));
    }

    Response.ResponseBuilder of(ResourceDeclaration resource, List<ObjectNode> objects) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(objects.size());
        objects.forEach(list::add);
        return of(resource, list, resource.messages());
    }

    private JsonNode only(JsonNode objects) {
        if (objects instanceof ObjectNode object) {
            return object.deepCopy().retain(fields);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(objects.size());
        objects.forEach(each -> list.add(only(each)));
        return list;
    }
}
