package io.ringfence.protocol.relation;

import io.quarkus.arc.All;
import io.ringfence.protocol.behaviour.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The relations of this service, by parent and child identity.
@ApplicationScoped
public class Relations {
    private final Map<String, RelationBehaviour> behaviours = new HashMap<>();

    Relations(Resources resources, @All List<RelationBehaviour> all) {
        for (RelationBehaviour behaviour : all) {
            Relation relation = behaviour.relation();
            declared(resources, relation.parent());
            declared(resources, relation.child());
            String key = key(relation.parent(), relation.child());
            if (behaviours.put(key, behaviour) != null) {
                throw new IllegalStateException("Two relations lead from " + key);
            }
        }
    }

    private static void declared(Resources resources, String identity) {
        if (resources.identified(identity).isEmpty()) {
            throw new IllegalStateException("A relation names the undeclared resource " + identity);
        }
    }

    private static String key(String parent, String child) {
        return parent + " to " + child;
    }

    public Optional<RelationBehaviour> between(String parent, String child) {
        return Optional.ofNullable(behaviours.get(key(parent, child)));
    }

    public List<Relation> all() {
        return behaviours.values().stream().map(RelationBehaviour::relation).toList();
    }
}
