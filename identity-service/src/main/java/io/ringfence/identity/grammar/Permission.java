package io.ringfence.identity.grammar;

import java.util.regex.Pattern;

/// What may be granted or what a token may be bound to: a role `@auth:role=namespace.viewer`, or
/// verbs on an identity `networkrulesetpolicy,get,post`.
public record Permission(String text) {
    private static final Pattern FORM =
            Pattern.compile("@auth:role=[a-zA-Z0-9._-]{1,128}|[a-z*]{1,64}(,[a-z*-]{1,32}){1,8}");

    public static final Permission ENFORCER_ROLE = new Permission("@auth:role=enforcer");
    public static final Permission ADMINISTRATOR_ROLE =
            new Permission("@auth:role=namespace.administrator");

    public Permission {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a permission is written @auth:role=NAME or identity,verb");
        }
    }
}
