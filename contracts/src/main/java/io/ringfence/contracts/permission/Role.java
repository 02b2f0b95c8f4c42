package io.ringfence.contracts.permission;

import java.util.Optional;

/// A named set of rights.
///
/// @param key as it is written where rights are given: `@auth:role=namespace.viewer`
/// @param successor the key of the role to use instead, for one that will be removed
/// @param isPrivate for the console's own machinery, not meant to be given to people
public record Role(
        String key,
        String name,
        String description,
        Permissions permissions,
        Optional<String> successor,
        boolean isPrivate) {
    public static final String PREFIX = "@auth:role=";
    public static final String NAMESPACE_ADMINISTRATOR = PREFIX + "namespace.administrator";
    public static final String NAMESPACE_EDITOR = PREFIX + "namespace.editor";
    public static final String ENFORCER = PREFIX + "enforcer";
}
