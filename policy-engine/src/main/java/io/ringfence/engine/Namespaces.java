package io.ringfence.engine;

import io.ringfence.contracts.topic.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How namespace names relate, and which default action climbs down to one.
public final class Namespaces {
    static final String ROOT = "/";

    private Namespaces() {}

    /// `/a/b`, `/a`, `/`.
    public static List<String> upward(String namespace) {
        List<String> line = new ArrayList<>();
        String current = namespace;
        while (current.length() > 1) {
            line.add(current);
            current = current.substring(0, Math.max(1, current.lastIndexOf('/')));
        }
        line.add(ROOT);
        return line;
    }

    /// Whether what is stored in `home` is seen from `namespace`: it is in it, or comes down.
    public static boolean reaches(String home, boolean propagate, String namespace) {
        return home.equals(namespace) || propagate && isAbove(home, namespace);
    }

    public static boolean isAbove(String ancestor, String namespace) {
        return ancestor.equals(ROOT)
                ? !namespace.equals(ROOT)
                : namespace.startsWith(ancestor + "/");
    }

    public static boolean sameTenant(String one, String other) {
        return Partitioning.tenantOf(one).equals(Partitioning.tenantOf(other));
    }

    /// The nearest namespace upward that says something, and what it says.
    static DefaultAction defaultAction(
            Map<String, NamespaceState> namespaces, String namespace, Direction direction) {
        for (String name : upward(namespace)) {
            NamespaceState state = namespaces.get(name);
            if (state != null) {
                switch (state.defaultOf(direction)) {
                    case ALLOW -> {
                        return new DefaultAction(Action.ALLOW, name);
                    }
                    case REJECT -> {
                        return new DefaultAction(Action.REJECT, name);
                    }
                    case INHERIT -> {}
                }
            }
        }
        return new DefaultAction(Action.REJECT, ROOT);
    }

    record DefaultAction(Action action, String namespace) {}
}
