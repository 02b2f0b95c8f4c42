package io.ringfence.contracts.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the table of roles. A `role` or a `set` begins a paragraph; its lines begin with a word:
/// `name`, `description`, `private`, `successor` (a role), `with` (sets or roles above, whose
/// rights it has too), or the verbs (`any`, `get,post`) that the identities behind it get. `#`
/// begins a comment.
final class RoleTable {
    private final Map<String, Paragraph> paragraphs = new LinkedHashMap<>();

    private RoleTable() {}

    /// By key, in the order of the table.
    static Map<String, Role> read(String text) {
        RoleTable table = new RoleTable();
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(table::take);
        Map<String, Role> roles = new LinkedHashMap<>();
        for (Paragraph paragraph : table.paragraphs.values()) {
            if (paragraph.isRole) {
                Role role = paragraph.role();
                roles.put(role.key(), role);
            }
        }
        return Collections.unmodifiableMap(roles);
    }

    private void take(String line) {
        String word = line.split("\\s+", 2)[0];
        String rest = line.substring(word.length()).strip();
        switch (word) {
            case "role", "set" -> {
                if (paragraphs.putIfAbsent(rest, new Paragraph(rest, word.equals("role")))
                        != null) {
                    throw new IllegalStateException("There are two paragraphs " + rest);
                }
            }
            case "name" -> last().name = rest;
            case "description" -> last().description = rest;
            case "private" -> last().isPrivate = true;
            case "successor" -> last().successor = Optional.of(Role.PREFIX + rest);
            case "with" -> words(rest).forEach(other -> last().grants.addAll(named(other).grants));
            default -> grant(word, words(rest));
        }
    }

    private void grant(String verbs, List<String> identities) {
        List<String> words = List.of(verbs.split(","));
        Set<Verb> read = Grant.verbs(words);
        boolean complete = words.equals(List.of("any")) || read.size() == words.size();
        if (!complete || identities.isEmpty()) {
            throw new IllegalStateException("Cannot read in the table of roles: " + verbs);
        }
        identities.forEach(identity -> last().grants.add(new Grant(identity, read)));
    }

    private Paragraph named(String name) {
        return Optional.ofNullable(paragraphs.get(name))
                .orElseThrow(() -> new IllegalStateException("There is no paragraph " + name));
    }

    private Paragraph last() {
        return paragraphs.values().stream()
                .reduce((before, after) -> after)
                .orElseThrow(() -> new IllegalStateException("The table begins without a role"));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    private static final class Paragraph {
        private final String key;
        private final boolean isRole;
        private final List<Grant> grants = new ArrayList<>();
        private String name = "";
        private String description = "";
        private boolean isPrivate;
        private Optional<String> successor = Optional.empty();

        private Paragraph(String key, boolean isRole) {
            this.key = key;
            this.isRole = isRole;
        }

        private Role role() {
            return new Role(
                    Role.PREFIX + key,
                    name,
                    description,
                    Permissions.ofGrants(grants),
                    successor,
                    isPrivate);
        }
    }
}
