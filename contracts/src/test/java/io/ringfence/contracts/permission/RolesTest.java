package io.ringfence.contracts.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.index.Entry.Served;
import io.ringfence.contracts.index.ResourceIndex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
    @Test
    void areThoseOfTheReference() {
        assertThat(Roles.all())
                .extracting(role -> role.key().substring(Role.PREFIX.length()))
                .containsExactly(
                        "namespace.administrator",
                        "namespace.editor",
                        "namespace.viewer",
                        "namespace.contributor",
                        "infrastructure.administrator",
                        "infrastructure.viewer",
                        "app.developer",
                        "app.viewer",
                        "compute.editor",
                        "compute.viewer",
                        "ruleset.administrator",
                        "system.editor",
                        "system.viewer",
                        "automation.editor",
                        "automation.viewer",
                        "appcredentials",
                        "namespace.importer",
                        "namespace.exporter",
                        "service.publisher",
                        "enforcer",
                        "enforcer.runtime",
                        "enforcer-installer");
        assertThat(Roles.all())
                .allSatisfy(role -> {
                    assertThat(role.name()).isNotEmpty();
                    assertThat(role.description()).endsWith(".");
                    assertThat(role.permissions().isEmpty()).isFalse();
                });
    }

    @Test
    void grantOnlyWhatTheIndexHas() {
        for (Role role : Roles.all()) {
            for (Grant grant : role.permissions().grants()) {
                if (!grant.identity().equals(Grant.ANY)) {
                    assertThat(ResourceIndex.console().identified(grant.identity()))
                            .as("%s of %s", grant.identity(), role.name())
                            .get()
                            .isInstanceOf(Served.class);
                }
            }
        }
    }

    /// "Infrastructure Administrator: can edit all resources except namespaces."
    @Test
    void letAnInfrastructureAdministratorEditAllButNamespaces() {
        Permissions held = permissions("infrastructure.administrator");
        for (String identity :
                List.of(
                        "enforcerprofile",
                        "enforcerprofilemappingpolicy",
                        "hostservice",
                        "hostservicemappingpolicy",
                        "quotapolicy",
                        "externalnetwork",
                        "networkrulesetpolicy",
                        "processingunit",
                        "apiauthorizationpolicy",
                        "appcredential")) {
            assertThat(held.covers(Permissions.of(List.of(identity + ",*")))).as(identity).isTrue();
        }
        assertThat(held.allow("namespace", Verb.GET)).isTrue();
        assertThat(held.allow("namespace", Verb.POST)).isFalse();
        assertThat(held.allow("namespace", Verb.PUT)).isFalse();
        assertThat(held.allow("namespace", Verb.DELETE)).isFalse();
        // An account's password is its owner's rights.
        assertThat(held.allow("account", Verb.PUT)).isFalse();
    }

    /// "Infrastructure Viewer: can view all resources."
    @Test
    void letAnInfrastructureViewerSeeAll() {
        Permissions held = permissions("infrastructure.viewer");
        ResourceIndex.console().entries().stream()
                .filter(entry ->
                        entry instanceof Served served && served.access() == Access.AUTHORIZED)
                .forEach(entry -> {
                    assertThat(held.allow(entry.identity(), Verb.GET)).isTrue();
                    assertThat(held.allow(entry.identity(), Verb.PUT)).isFalse();
                    assertThat(held.allow(entry.identity(), Verb.DELETE)).isFalse();
                });
    }

    /// "Application Developer: can edit network policies, services, service dependencies, and token
    /// scope policies. Can view processing units and external networks."
    @Test
    void letAnApplicationDeveloperEditPoliciesAndViewTheRest() {
        Permissions held = permissions("app.developer");
        for (String edited :
                List.of(
                        "networkrulesetpolicy",
                        "networkaccesspolicy",
                        "service",
                        "httpresourcespec",
                        "servicedependency",
                        "tokenscopepolicy")) {
            assertThat(held.covers(Permissions.of(List.of(edited + ",*")))).as(edited).isTrue();
            assertThat(permissions("app.viewer").grants()).contains(Grant.of(edited, Verb.GET));
        }
        for (String viewed : List.of("processingunit", "externalnetwork")) {
            assertThat(held.grants()).contains(Grant.of(viewed, Verb.GET));
            assertThat(permissions("app.viewer").grants()).contains(Grant.of(viewed, Verb.GET));
        }
    }

    /// Nobody grants rights they lack: whoever may hand roles out has to hold some.
    @Test
    void canBeHandedOutByWhomTheyAreMeantToBe() {
        for (Role role : Roles.all()) {
            assertThat(permissions("namespace.administrator").covers(role.permissions())).isTrue();
        }
        for (String lesser :
                List.of("infrastructure.viewer", "app.developer", "app.viewer", "enforcer")) {
            assertThat(permissions("infrastructure.administrator").covers(permissions(lesser)))
                    .as(lesser)
                    .isTrue();
        }
        assertThat(permissions("enforcer-installer").covers(permissions("enforcer"))).isTrue();
        assertThat(
                        permissions("infrastructure.administrator")
                                .covers(permissions("namespace.administrator")))
                .isFalse();
        assertThat(permissions("app.developer").covers(permissions("namespace.viewer"))).isFalse();
    }

    @Test
    void nameTheSuccessorOfTheDeprecatedOne() {
        assertThat(Roles.keyed(Role.NAMESPACE_EDITOR).flatMap(Role::successor))
                .contains(Role.NAMESPACE_ADMINISTRATOR);
        assertThat(Roles.all().stream().filter(role -> role.successor().isPresent())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get namespace",
                "role a\nlook namespace",
                "role a\nget,look namespace",
                "role a\nget",
                "role a\nwith b",
                "role a\nget x\nrole a\nget y"
            })
    void cannotBeReadFromATableThatIsWrong(String table) {
        assertThatThrownBy(() -> RoleTable.read(table)).isInstanceOf(IllegalStateException.class);
    }

    private static Permissions permissions(String role) {
        return Roles.keyed(Role.PREFIX + role).orElseThrow().permissions();
    }
}
