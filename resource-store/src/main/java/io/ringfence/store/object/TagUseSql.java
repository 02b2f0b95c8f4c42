package io.ringfence.store.object;

import io.ringfence.protocol.query.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which tags are in use, as SQL.
final class TagUseSql {
    private final Parameters parameters = new Parameters();
    private final String sql;

    TagUseSql(Set<String> identities, Scope scope, String prefix, int most) {
        String of = parameters.add(identities.toArray(String[]::new));
        String where =
                SqlQuery.scope(scope, parameters, Optional.empty())
                        .map(condition -> " and " + condition)
                        .orElse("");
        sql =
                """
                select tag, count(*) from object o cross join unnest(o.normalized_tags) as tag
                where o.identity = any(%s)%s and not o.archived
                    and not starts_with(tag, '$') and starts_with(tag, %s)
                group by tag order by tag collate "C" limit %s
                """
                        .formatted(of, where, parameters.add(prefix), parameters.add((long) most));
    }

    String sql() {
        return sql;
    }

    List<Object> parameters() {
        return parameters.values();
    }
}
