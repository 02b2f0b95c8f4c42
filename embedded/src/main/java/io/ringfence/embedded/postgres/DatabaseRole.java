package io.ringfence.embedded.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A service's role, and the schema of the same name that belongs to it.
public enum DatabaseRole {
    IDENTITY("identity"),
    POLICY("policy");

    static final String SUPERUSER = "postgres";

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    public String roleName() {
        return roleName;
    }

    /// Every role that needs a password, the superuser included.
    public static List<String> withPasswords() {
        return Stream.concat(
                        Stream.of(SUPERUSER), Arrays.stream(values()).map(DatabaseRole::roleName))
                .toList();
    }
}
