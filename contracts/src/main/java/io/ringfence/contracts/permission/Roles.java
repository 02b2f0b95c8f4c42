package io.ringfence.contracts.permission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All roles, read once from `roles.txt` beside this class, which says what each may do.
public final class Roles {
    private static final Map<String, Role> ALL = RoleTable.read(text());

    private Roles() {}

    public static Optional<Role> keyed(String key) {
        return Optional.ofNullable(ALL.get(key));
    }

    /// In the order of the table.
    public static Collection<Role> all() {
        return ALL.values();
    }

    private static String text() {
        try (InputStream table = Roles.class.getResourceAsStream("roles.txt")) {
            return new String(
                    Objects.requireNonNull(table, "roles.txt").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
