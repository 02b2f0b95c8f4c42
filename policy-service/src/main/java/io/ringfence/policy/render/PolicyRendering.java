package io.ringfence.policy.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.index.Entry.Retired;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.policy.match.ApplicablePolicies;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Policies of every type that this service keeps, rendered for a set of tags.
@ApplicationScoped
class PolicyRendering {
    /// 5.0's types, and those of its policies that had none.
    static final String[] TYPES = {
        "APIAuthorization",
        "EnforcerProfile",
        "File",
        "Hook",
        "HostServiceMapping",
        "Infrastructure",
        "NamespaceMapping",
        "Network",
        "NetworkRuleSet",
        "ProcessingUnit",
        "Quota",
        "SSHAuthorization",
        "ServiceDependency",
        "Syscall",
        "TokenScope",
        "UserAccess"
    };

    private static final Map<String, String> RETIRED =
            Map.of(
                    "File", "fileaccesspolicy",
                    "ProcessingUnit", "processingunitpolicy",
                    "SSHAuthorization", "sshauthorizationpolicy",
                    "Syscall", "isolationprofile",
                    "UserAccess", "useraccesspolicy");

    private final RulesetRendering rulesets;
    private final ApplicablePolicies policies;
    private final KnownNamespaces namespaces;
    private final Resources resources;

    PolicyRendering(
            RulesetRendering rulesets,
            ApplicablePolicies policies,
            KnownNamespaces namespaces,
            Resources resources) {
        this.rulesets = rulesets;
        this.policies = policies;
        this.namespaces = namespaces;
        this.resources = resources;
    }

    /// Why there is nothing to render of a type.
    static Optional<String> elsewhere(String type) {
        if (type.equals("APIAuthorization")) {
            return Optional.of(
                    "API authorizations are decided at the gateway: ask /apichecks, and read them"
                            + " under /apiauthorizationpolicies");
        }
        return Optional.ofNullable(RETIRED.get(type))
                .flatMap(ResourceIndex.console()::identified)
                .filter(Retired.class::isInstance)
                .map(entry -> ((Retired) entry).explanation());
    }

    /// @param asSubject policies about who has the tags; otherwise those that speak of them
    Uni<List<ObjectNode>> of(
            String type,
            boolean asSubject,
            String namespace,
            Set<String> tags,
            Transaction transaction) {
        Set<String> all = new HashSet<>(tags);
        all.addAll(namespaces.organizationalTags(namespace));
        return switch (type) {
            case "Network", "NetworkRuleSet" ->
                    asSubject
                            ? rulesets.applyingTo(namespace, all, transaction)
                            : rulesets.naming(namespace, all, transaction);
            case "EnforcerProfile" ->
                    given(
                            "enforcerprofilemappingpolicy",
                            "enforcerprofile",
                            "enforcerProfiles",
                            asSubject,
                            namespace,
                            all,
                            transaction);
            case "HostServiceMapping" ->
                    given(
                            "hostservicemappingpolicy",
                            "hostservice",
                            "hostServices",
                            asSubject,
                            namespace,
                            all,
                            transaction);
            case "ServiceDependency" ->
                    given(
                            "servicedependency",
                            "service",
                            "services",
                            asSubject,
                            namespace,
                            all,
                            transaction);
            case "TokenScope" -> tokenScopes(asSubject, namespace, all, transaction);
            case "NamespaceMapping" -> mappings(asSubject, namespace, all, transaction);
            // Nobody can write policies of the other types yet.
            default -> Uni.createFrom().item(List.of());
        };
    }

    private Uni<List<ObjectNode>> given(
            String kind,
            String child,
            String list,
            boolean asSubject,
            String namespace,
            Set<String> tags,
            Transaction transaction) {
        Uni<List<ObjectNode>> found =
                asSubject
                        ? policies.of(kind, namespace, tags, transaction)
                        : policies.bySide(kind, "object", namespace, tags, transaction);
        return found.chain(all ->
                Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(policy ->
                                meant(child, policy, namespace, transaction)
                                        .map(objects ->
                                                PolicyRule.of(policy, namespace)
                                                        .meaning(list, objects)
                                                        .node()))
                        .collect()
                        .asList());
    }

    private Uni<List<ObjectNode>> meant(
            String child, ObjectNode policy, String namespace, Transaction transaction) {
        var declaration = resources.identified(child).orElseThrow();
        return transaction
                .list(
                        declaration,
                        Selection.of(new Scope(namespace, false, true))
                                .where(Tagged.by(policy.path("object"))))
                .map(found ->
                        found.stream().map(each -> resources.shown(declaration, each)).toList());
    }

    private Uni<List<ObjectNode>> tokenScopes(
            boolean asSubject, String namespace, Set<String> tags, Transaction transaction) {
        return asSubject
                ? policies.of("tokenscopepolicy", namespace, tags, transaction)
                        .map(found ->
                                found.stream()
                                        .map(each -> {
                                            ObjectNode rule = PolicyRule.of(each, namespace).node();
                                            rule.withObjectProperty("action")
                                                    .putObject("Assign")
                                                    .set("scopes", each.path("assignedScopes"));
                                            return rule;
                                        })
                                        .toList())
                : Uni.createFrom().item(List.of());
    }

    /// A mapping counts in its own namespace only.
    private Uni<List<ObjectNode>> mappings(
            boolean asSubject, String namespace, Set<String> tags, Transaction transaction) {
        if (!asSubject) {
            return Uni.createFrom().item(List.of());
        }
        return policies.bySide("namespacemappingpolicy", "subject", namespace, tags, transaction)
                .map(found ->
                        found.stream()
                                .map(each ->
                                        PolicyRule.of(each, namespace)
                                                .meaning(
                                                        "namespaces",
                                                        List.of(
                                                                JsonNodeFactory.instance
                                                                        .objectNode()
                                                                        .put(
                                                                                "name",
                                                                                each.path(
                                                                                                "mappedNamespace")
                                                                                        .asText())))
                                                .node())
                                .toList());
    }
}
