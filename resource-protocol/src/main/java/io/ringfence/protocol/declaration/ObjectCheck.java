package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks what a client sent against a declaration and completes it: defaults filled in,
/// zero-valued read-only attributes ignored, everything else that does not fit refused with 422
/// naming the attribute. What comes out has exactly the declared attributes, in their order.
///
/// Rules (`reference/api.md` §0, "Wire habits of the real client"): a client may send read-only
/// attributes if they are zero or what is stored, and unknown attributes if they are zero.
public final class ObjectCheck {
    private final ResourceDeclaration resource;
    private final List<Fault> faults = new ArrayList<>();

    private ObjectCheck(ResourceDeclaration resource) {
        this.resource = resource;
    }

    /// @throws ApiException 422 with all faults found
    public static ObjectNode forCreate(ResourceDeclaration resource, ObjectNode sent) {
        return new ObjectCheck(resource).create(sent);
    }

    /// PUT: what is not sent goes back to its default, except secrets, which nobody could have
    /// read.
    ///
    /// @throws ApiException 422 with all faults found
    public static ObjectNode forReplace(
            ResourceDeclaration resource, ObjectNode sent, ObjectNode stored) {
        return new ObjectCheck(resource).change(sent, stored, false);
    }

    /// PATCH: what is not sent stays.
    ///
    /// @throws ApiException 422 with all faults found
    public static ObjectNode forPatch(
            ResourceDeclaration resource, ObjectNode sent, ObjectNode stored) {
        return new ObjectCheck(resource).change(sent, stored, true);
    }

    private ObjectNode create(ObjectNode sent) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : resource.attributes().values()) {
            JsonNode value = sent.path(attribute.name());
            if (attribute.isReadOnly()) {
                if (!Zero.is(value)) {
                    faults.add(Fault.invalid(attribute.name(), readOnly(attribute)));
                }
                Zero.of(attribute.type()).ifPresent(zero -> object.set(attribute.name(), zero));
            } else {
                accept(attribute, value, object);
            }
        }
        return finish(sent, object);
    }

    private ObjectNode change(ObjectNode sent, ObjectNode stored, boolean sparse) {
        refuseOlder(sent, stored);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : resource.attributes().values()) {
            JsonNode value = sent.path(attribute.name());
            JsonNode before = stored.path(attribute.name());
            if (attribute.isReadOnly() || attribute.isCreateOnly()) {
                if (!attribute.name().equals("updateTime")) {
                    refuseOther(attribute, value, before);
                }
                keep(attribute, before, object);
            } else if (sparse ? value.isMissingNode() : attribute.isSecret() && Zero.is(value)) {
                keep(attribute, before, object);
            } else {
                accept(attribute, value, object);
            }
        }
        return finish(sent, object);
    }

    private static void keep(Attribute attribute, JsonNode before, ObjectNode object) {
        if (!before.isMissingNode()) {
            object.set(attribute.name(), before);
        }
    }

    /// A client that changes what it has not seen lately is refused: 422, as the code list of
    /// `reference/api.md` §0 has no 409, with the attribute `updateTime`.
    private static void refuseOlder(ObjectNode sent, ObjectNode stored) {
        Optional<String> seen = Times.normalized(sent.path("updateTime").asText(""));
        String current = stored.path("updateTime").asText("");
        if (seen.isPresent() && seen.get().compareTo(current) < 0) {
            throw new ApiException(
                    new Fault(
                            422,
                            "Object has changed",
                            "The object was changed at %s, after the updateTime that was sent; read it again"
                                    .formatted(current),
                            Optional.of("updateTime")));
        }
    }

    private void refuseOther(Attribute attribute, JsonNode value, JsonNode before) {
        if (Zero.is(value) || same(attribute, value, before)) {
            return;
        }
        faults.add(
                Fault.invalid(
                        attribute.name(),
                        attribute.isReadOnly()
                                ? readOnly(attribute)
                                : "Attribute '%s' cannot be changed once the object exists"
                                        .formatted(attribute.name())));
    }

    private static boolean same(Attribute attribute, JsonNode value, JsonNode before) {
        if (attribute.type() instanceof AttributeType.Time) {
            return Times.normalized(value.asText()).equals(Times.normalized(before.asText()));
        }
        return value.equals(before);
    }

    private static String readOnly(Attribute attribute) {
        return "Attribute '%s' is read-only".formatted(attribute.name());
    }

    private void accept(Attribute attribute, JsonNode value, ObjectNode object) {
        ValueCheck check = new ValueCheck(attribute.name(), faults);
        check.accept(attribute, attribute.name(), value)
                .ifPresent(accepted -> object.set(attribute.name(), accepted));
    }

    private ObjectNode finish(ObjectNode sent, ObjectNode object) {
        sent.properties()
                .forEach(sentAttribute -> {
                    if (!resource.has(sentAttribute.getKey())
                            && !Zero.is(sentAttribute.getValue())) {
                        faults.add(unknown(sentAttribute.getKey()));
                    }
                });
        if (faults.isEmpty()) {
            faults.addAll(resource.check().apply(object));
        }
        if (!faults.isEmpty()) {
            throw new ApiException(faults);
        }
        return object;
    }

    private Fault unknown(String name) {
        String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        return Fault.invalid(
                shown, "Attribute '%s' is not known for %s".formatted(shown, resource.identity()));
    }
}
