package io.ringfence.protocol.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.ArrayList;
import java.util.List;

/// Whose objects: those of a namespace, optionally also of all namespaces below it, optionally also
/// those that its ancestors propagate to it.
public record Scope(String namespace, boolean recursive, boolean propagated) {

    public static Scope only(String namespace) {
        return new Scope(namespace, false, false);
    }

    public static Scope under(String namespace) {
        return new Scope(namespace, true, false);
    }

    /// Whether an object of that namespace belongs to the scope.
    public boolean reaches(String objectNamespace, boolean isPropagated) {
        return objectNamespace.equals(namespace)
                || (recursive && isBelow(objectNamespace, namespace))
                || (propagated && isPropagated && isBelow(namespace, objectNamespace));
    }

    public boolean reaches(ResourceDeclaration resource, ObjectNode object) {
        return reaches(object.path("namespace").asText(), isInherited(resource, object));
    }

    /// Whether an object of a namespace above is among what this namespace inherits, as its callers
    /// see it: what is `hidden` holds there and is not shown.
    private boolean isInherited(ResourceDeclaration resource, ObjectNode object) {
        return !object.path("hidden").asBoolean()
                && resource.holdsFrom()
                        .map(attribute -> object.path(attribute).asText())
                        .map(from -> from.equals(namespace) || isBelow(namespace, from))
                        .orElse(object.path("propagate").asBoolean());
    }

    /// `/acme/shop` is below `/acme` and below `/`.
    public static boolean isBelow(String namespace, String ancestor) {
        return ancestor.equals("/") ? !namespace.equals("/") : namespace.startsWith(ancestor + "/");
    }

    /// `/acme/shop` has the ancestors `/` and `/acme`; `/` has none.
    public static List<String> ancestors(String namespace) {
        List<String> ancestors = new ArrayList<>();
        if (namespace.length() > 1) {
            ancestors.add("/");
            for (int end = namespace.indexOf('/', 1);
                    end > 0;
                    end = namespace.indexOf('/', end + 1)) {
                ancestors.add(namespace.substring(0, end));
            }
        }
        return ancestors;
    }

    /// Every object there is.
    public static Scope everywhere() {
        return under("/");
    }
}
