package io.ringfence.identity.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;

/// What a caller shows to say who it is: one form per realm that this console serves
/// (`reference/api.md` §5).
sealed interface Evidence {
    /// The client certificate of the connection.
    record Certificate() implements Evidence {}

    /// `metadata.token`: another token of this console.
    record Token(String jwt) implements Evidence {
        /// Never shows the token.
        @Override
        public String toString() {
            return "token";
        }
    }

    /// `metadata.vinceAccount` and `vincePassword`.
    record Account(String name, String password) implements Evidence {
        /// Never shows the password.
        @Override
        public String toString() {
            return "password of " + name;
        }
    }

    /// @throws ApiException 422 naming what has to change
    static Evidence of(Realm realm, JsonNode metadata) {
        return switch (realm) {
            case CERTIFICATE -> new Certificate();
            case APORETO_IDENTITY_TOKEN -> new Token(text(realm, metadata, "token"));
            case VINCE -> {
                refuseOneTimePassword(metadata.path("vinceOTP"));
                yield new Account(
                        text(realm, metadata, "vinceAccount"),
                        text(realm, metadata, "vincePassword"));
            }
            case AWS_SECURITY_TOKEN,
                    GCP_IDENTITY_TOKEN,
                    AZURE_IDENTITY_TOKEN,
                    OIDC,
                    SAML,
                    LDAP,
                    GOOGLE,
                    PC_IDENTITY_TOKEN ->
                    throw realm.isNotServed();
        };
    }

    private static String text(Realm realm, JsonNode metadata, String name) {
        String value = metadata.path(name).asText("");
        if (value.isEmpty()) {
            throw Fault.invalid(
                            "metadata",
                            "Realm %s needs metadata.%s".formatted(realm.apiName(), name))
                    .asException();
        }
        return value;
    }

    /// Ignoring it would look like a second factor that is none.
    private static void refuseOneTimePassword(JsonNode password) {
        boolean isUnset =
                password.isMissingNode()
                        || password.isNull()
                        || password.asText().isEmpty()
                        || password.asText().equals("0");
        if (!isUnset) {
            throw Fault.invalid(
                            "metadata",
                            "One-time passwords are not available on this console: leave metadata.vinceOTP out")
                    .asException();
        }
    }
}
