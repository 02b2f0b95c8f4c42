package io.ringfence.protocol.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Selection.Order;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Where a page starts: behind the object with this id and, when the list is ordered by an
/// attribute, this value of it. `X-Next` of one answer is `after` of the next request.
public record Cursor(String id, String value) {

    public static String behind(ObjectNode object, List<Order> order) {
        String value = order.isEmpty() ? "" : at(object, order.getFirst().attribute());
        String text = object.path("ID").asText() + value;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String at(ObjectNode object, String path) {
        JsonNode value = object;
        for (String name : path.split("\\.")) {
            value = value.path(name);
        }
        return value.asText("");
    }

    /// @throws ApiException 400 if it is not a cursor of ours
    public static Cursor parse(String text) {
        try {
            String decoded =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(decoded.substring(0, 24), decoded.substring(24));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw foreign();
        }
    }

    /// The refusal of a cursor that no answer gave.
    public static ApiException foreign() {
        return Fault.badRequest("Parameter 'after' must be what X-Next answered").asException();
    }
}
