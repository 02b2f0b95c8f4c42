package io.ringfence.cli.api;

import io.ringfence.cli.UserError;
import java.util.List;
import java.util.Locale;

/// The resources this command knows, and the names people call them by (`reference`: Appendix A of
/// the 5.0 API).
enum ResourceNames {
    NAMESPACES(
            "namespaces",
            List.of(
                    "ID",
                    "name",
                    "type",
                    "defaultPUIncomingTrafficAction",
                    "defaultPUOutgoingTrafficAction"),
            "namespace",
            "ns"),
    NETWORK_RULESETS(
            "networkrulesetpolicies",
            List.of("ID", "name", "namespace", "subject", "propagate", "disabled"),
            "networkrulesetpolicy",
            "netruleset",
            "netrulesets",
            "netset",
            "netsets",
            "networkruleset",
            "networkrulesets"),
    EXTERNAL_NETWORKS(
            "externalnetworks",
            List.of("ID", "name", "namespace", "entries", "associatedTags"),
            "externalnetwork",
            "extnet",
            "extnets"),
    PROCESSING_UNITS(
            "processingunits",
            List.of(
                    "ID",
                    "name",
                    "namespace",
                    "type",
                    "operationalStatus",
                    "addresses",
                    "associatedTags"),
            "processingunit",
            "pu",
            "pus"),
    ENFORCERS(
            "enforcers",
            List.of("ID", "name", "namespace", "FQDN", "operationalStatus", "enforcementStatus"),
            "enforcer",
            "defender",
            "defenders"),
    API_AUTHORIZATIONS(
            "apiauthorizationpolicies",
            List.of("ID", "name", "namespace", "authorizedNamespace", "authorizedIdentities"),
            "apiauthorizationpolicy",
            "apiauth",
            "apiauths"),
    APP_CREDENTIALS(
            "appcredentials",
            List.of("ID", "name", "namespace", "roles", "disabled"),
            "appcredential",
            "appcred",
            "appcreds"),
    ACCOUNTS("accounts", List.of("ID", "name", "email", "status"), "account"),
    ENFORCER_CERTIFICATES(
            "enforcercertificates",
            List.of("ID", "FQDN", "namespace", "expirationTime", "revoked"),
            "enforcercertificate"),
    TOKEN_SIGNING_KEYS(
            "tokensigningkeys",
            List.of("ID", "keyID", "state", "signsFrom", "signsUntil", "publishedUntil"),
            "tokensigningkey"),
    HEALTH_CHECKS(
            "healthchecks",
            List.of("type", "name", "status", "responseTime", "alerts"),
            "healthcheck");

    private final String path;
    private final List<String> columns;
    private final List<String> names;

    ResourceNames(String path, List<String> columns, String... names) {
        this.path = path;
        this.columns = columns;
        this.names = List.of(names);
    }

    String path() {
        return path;
    }

    List<String> columns() {
        return columns;
    }

    static ResourceNames named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (ResourceNames resource : values()) {
            if (resource.path.equals(wanted) || resource.names.contains(wanted)) {
                return resource;
            }
        }
        throw new UserError(
                "There is no resource '"
                        + name
                        + "'; there are "
                        + String.join(
                                ", ",
                                java.util.Arrays.stream(values()).map(ResourceNames::path).toList())
                        + ".");
    }
}
