package io.ringfence.protocol.relation;

import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import java.util.List;

/// Which objects are the children: those of a scope that a condition holds for. The request's own
/// filter narrows them further.
public record Children(Scope scope, Filter condition) {

    public static Children in(Scope scope, Filter condition) {
        return new Children(scope, condition);
    }

    public static Children none() {
        return new Children(Scope.only(""), new Filter.AnyOf("ID", List.of(), false));
    }
}
