package io.ringfence.identity.tokens;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Where a caller's identity can come from (`reference/api.md` §5), and whether this console takes
/// it from there.
enum Realm {
    CERTIFICATE("Certificate", true),
    APORETO_IDENTITY_TOKEN("AporetoIdentityToken", true),
    VINCE("Vince", true),
    AWS_SECURITY_TOKEN("AWSSecurityToken", false),
    GCP_IDENTITY_TOKEN("GCPIdentityToken", false),
    AZURE_IDENTITY_TOKEN("AzureIdentityToken", false),
    OIDC("OIDC", false),
    SAML("SAML", false),
    LDAP("LDAP", false),
    GOOGLE("Google", false),
    PC_IDENTITY_TOKEN("PCIdentityToken", false);

    private final String apiName;
    private final boolean served;

    Realm(String apiName, boolean served) {
        this.apiName = apiName;
        this.served = served;
    }

    String apiName() {
        return apiName;
    }

    static String[] names() {
        return Arrays.stream(values()).map(Realm::apiName).toArray(String[]::new);
    }

    /// One of [#names].
    static Realm named(String apiName) {
        return Arrays.stream(values())
                .filter(each -> each.apiName.equals(apiName))
                .findFirst()
                .orElseThrow();
    }

    /// 422 that says which ones are.
    ApiException isNotServed() {
        return Fault.invalid(
                        "realm",
                        "Realm %s is not available on this console; use %s"
                                .formatted(apiName, servedNames()))
                .asException();
    }

    private static String servedNames() {
        return Arrays.stream(values())
                .filter(realm -> realm.served)
                .map(Realm::apiName)
                .collect(Collectors.joining(" or "));
    }
}
