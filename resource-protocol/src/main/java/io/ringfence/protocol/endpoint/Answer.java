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
        Set<String> fields = new TreeSet<>();
        for (String header :
                Optional.ofNullable(headers.getRequestHeader(Header.FIELDS)).orElse(List.of())) {
            for (String field : header.split(",")) {
                if (!field.isBlank()) {
                    fields.add(field.strip());
                }
            }
        }
        return new Answer(
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of())),
                fields);
    }

    /// @param objects an object of the resource, or a list of such
    /// @param messages what the caller is told about it
    Response.ResponseBuilder of(
            ResourceDeclaration resource, JsonNode objects, List<String> messages) {
        byte[] body = format.write(resource, fields.isEmpty() ? objects : only(objects));
        return MessageHeaders.on(Response.ok(body, format.mediaType()), messages);
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
