package io.ringfence.gateway.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.index.Entry;
import io.ringfence.contracts.index.Entry.Served;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Roles;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.gateway.authorize.Decision.Allowed;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Every role, on every identity of the index, with every verb: `role-matrix.csv` says what is to
/// be, the real decision says what is. A cell holds the first letters of Get, Post, Put (U) and
/// Delete, or - for none.
class RoleMatrixTest {
    private static final Path ACTUAL = Path.of("target", "role-matrix.csv");

    private final List<Role> roles = List.copyOf(Roles.all());
    private final Namespaces namespaces = new Namespaces();
    private final Authorizations authorizations = new Authorizations();
    private final Authorizer authorizer =
            new Authorizer(
                    namespaces, authorizations, new Holders(Clock.systemUTC()), Clock.systemUTC());

    @Test
    void decidesWhatIsCheckedIn() throws IOException {
        roles.forEach(this::give);
        Map<String, String> decided = new LinkedHashMap<>();
        decided.put(
                "identity", String.join(",", roles.stream().map(RoleMatrixTest::name).toList()));
        identities().forEach(identity -> decided.put(identity, row(identity)));
        Files.createDirectories(ACTUAL.getParent());
        Files.write(
                ACTUAL,
                decided.entrySet().stream()
                        .map(row -> row.getKey() + "," + row.getValue())
                        .toList());

        Map<String, String> wanted = checkedIn();
        assertThat(wanted.keySet())
                .as(
                        "Every identity that needs a permission has its line in role-matrix.csv, and"
                                + " no other. What is decided now is in gateway/%s: look at the lines that"
                                + " are new before you take them over.",
                        ACTUAL)
                .containsExactlyElementsOf(decided.keySet());
        decided.forEach((identity, row) ->
                assertThat(row)
                        .as("%s, compare gateway/%s", identity, ACTUAL)
                        .isEqualTo(wanted.get(identity)));
    }

    private String row(String identity) {
        List<String> cells = new ArrayList<>();
        for (Role role : roles) {
            StringBuilder cell = new StringBuilder();
            for (Verb verb : Verb.values()) {
                if (decide(role, identity, verb) instanceof Allowed) {
                    cell.append(verb == Verb.PUT ? 'U' : verb.name().charAt(0));
                }
            }
            cells.add(cell.isEmpty() ? "-" : cell.toString());
        }
        return String.join(",", cells);
    }

    private Decision decide(Role role, String identity, Verb verb) {
        List<String> tags = List.of("@auth:realm=vince", "@auth:account=" + name(role));
        return authorizer.decide(
                new Question(
                        new AssertedCaller("someone", "", tags, "t", 0, Restrictions.NONE),
                        identity,
                        verb,
                        NamespaceName.ROOT,
                        "192.0.2.9"));
    }

    private void give(Role role) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("authorizedNamespace", NamespaceName.ROOT);
        policy.putArray("authorizedIdentities").add(role.key());
        policy.putArray("subject")
                .addArray()
                .add("@auth:realm=vince")
                .add("@auth:account=" + name(role));
        authorizations.put(
                ObjectState.newBuilder()
                        .setId(role.key())
                        .setIdentity("apiauthorizationpolicy")
                        .setNamespace(NamespaceName.ROOT)
                        .build(),
                policy);
    }

    private static List<String> identities() {
        return ResourceIndex.console().entries().stream()
                .filter(entry ->
                        entry instanceof Served served && served.access() == Access.AUTHORIZED)
                .map(Entry::identity)
                .sorted()
                .toList();
    }

    private static Map<String, String> checkedIn() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        try (InputStream csv = RoleMatrixTest.class.getResourceAsStream("/role-matrix.csv")) {
            new String(Objects.requireNonNull(csv).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> rows.put(line.split(",", 2)[0], line.split(",", 2)[1]));
        }
        return rows;
    }

    private static String name(Role role) {
        return role.key().substring(Role.PREFIX.length());
    }
}
