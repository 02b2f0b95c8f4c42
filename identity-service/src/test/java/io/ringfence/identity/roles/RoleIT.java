package io.ringfence.identity.roles;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Roles;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RoleIT {
    private static final String EDITOR = "@auth:role=namespace.editor";
    private static final String ADMINISTRATOR = "@auth:role=namespace.administrator";

    @Test
    void listsTheTable() {
        JsonNode roles = ok(administrator().get("/v/1/roles"));
        assertThat(roles).hasSize(Roles.all().size());
        JsonNode developer = null;
        for (JsonNode role : roles) {
            developer =
                    role.path("name").asText().equals("Application Developer") ? role : developer;
        }
        assertThat(developer).isNotNull();
        assertThat(developer.path("key").asText()).isEqualTo("@auth:role=app.developer");
        assertThat(developer.path("private").asBoolean()).isFalse();
        assertThat(developer.path("description").asText()).startsWith("Edits network policies");
        assertThat(developer.path("authorizations").path("processingunit").toString())
                .isEqualTo("[\"get\"]");
        assertThat(developer.path("authorizations").path("networkrulesetpolicy").toString())
                .isEqualTo("[\"get\",\"post\",\"put\",\"delete\"]");
        var counted = administrator().head("/roles");
        assertThat(counted.statusCode()).isEqualTo(204);
        assertThat(counted.headers().firstValue(Header.COUNT_TOTAL))
                .contains(String.valueOf(roles.size()));
        refused(administrator().get("/roles?page=x"), 400, "");
    }

    @Test
    void movesEverybodyOffADeprecatedRole() {
        createNamespace("/", "editors");
        createNamespace("/editors", "below");
        createNamespace("/", "othereditors");
        String here = policy("/editors", EDITOR, "namespace,get");
        String below = policy("/editors/below", EDITOR, ADMINISTRATOR);
        String elsewhere = policy("/othereditors", EDITOR);
        String credential =
                ok(administrator()
                                .in("/editors/below")
                                .post(
                                        "/appcredentials",
                                        "{\"name\":\"ci\",\"roles\":" + list(EDITOR) + "}"))
                        .path("ID")
                        .asText();
        String guarded = policy("/editors", EDITOR);
        AssertedClient tenant = administrator().in("/editors");
        ok(tenant.patch("/apiauthorizationpolicies/" + guarded, "{\"protected\":true}"));

        JsonNode planned =
                ok(tenant.post("/rolemigrations", "{\"from\":\"" + EDITOR + "\",\"dryRun\":true}"));
        assertThat(planned.path("to").asText()).isEqualTo(ADMINISTRATOR);
        assertThat(planned.path("changed").findValuesAsText("ID"))
                .containsExactlyInAnyOrder(here, below, credential);
        assertThat(planned.path("skipped").findValuesAsText("ID")).containsExactly(guarded);
        assertThat(identities("/editors", here)).isEqualTo(list(EDITOR, "namespace,get"));

        JsonNode done = ok(tenant.post("/rolemigrations", "{\"from\":\"" + EDITOR + "\"}"));
        assertThat(done.path("changed")).isEqualTo(planned.path("changed"));
        assertThat(identities("/editors", here)).isEqualTo(list(ADMINISTRATOR, "namespace,get"));
        assertThat(identities("/editors/below", below)).isEqualTo(list(ADMINISTRATOR));
        assertThat(
                        ok(administrator()
                                        .in("/editors/below")
                                        .get("/appcredentials/" + credential))
                                .path("roles")
                                .toString())
                .isEqualTo(list(ADMINISTRATOR));
        assertThat(identities("/othereditors", elsewhere)).isEqualTo(list(EDITOR));
        assertThat(identities("/editors", guarded)).isEqualTo(list(EDITOR));

        ok(tenant.post("/rolemigrations?override=true", "{\"from\":\"" + EDITOR + "\"}"));
        assertThat(identities("/editors", guarded)).isEqualTo(list(ADMINISTRATOR));
    }

    /// The caller is told, and the audit trail keeps what was said.
    @Test
    void saysThatARoleIsDeprecated() throws Exception {
        createNamespace("/", "saying");
        AssertedClient tenant = administrator().in("/saying");
        String body =
                """
                {"name":"a","subject":[["@auth:realm=vince","@auth:account=x"]],
                 "authorizedIdentities":%s,"authorizedNamespace":"/saying"}\
                """;
        var answer = tenant.post("/apiauthorizationpolicies", body.formatted(list(EDITOR)));
        String id = ok(answer).path("ID").asText();
        assertThat(answer.headers().firstValue(Header.MESSAGES).orElse(""))
                .contains(EDITOR, ADMINISTRATOR, "/rolemigrations");
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUDIT_RECORDED.topicName())) {
            AuditRecord recorded =
                    AuditRecord.parseFrom(
                            topic.await(each ->
                                            new String(each.value(), StandardCharsets.UTF_8)
                                                    .contains(id))
                                    .value());
            assertThat(recorded.getMessagesList()).singleElement().asString().contains(EDITOR);
        }
        var plain = tenant.post("/apiauthorizationpolicies", body.formatted(list(ADMINISTRATOR)));
        ok(plain);
        assertThat(plain.headers().firstValue(Header.MESSAGES)).isEmpty();
    }

    @Test
    void migratesOnlyDeprecatedRolesAndOnlyForWhomHoldsTheSuccessor() {
        createNamespace("/", "migrating");
        AssertedClient tenant = administrator().in("/migrating");
        refused(
                tenant.post("/rolemigrations", "{\"from\":\"@auth:role=namespace.viewer\"}"),
                422,
                "from");
        refused(tenant.post("/rolemigrations", "{}"), 422, "from");
        AssertedCaller somebody =
                new AssertedCaller(
                        "somebody",
                        "vince",
                        List.of("@auth:realm=vince"),
                        "t",
                        0,
                        Restrictions.NONE);
        AssertedClient infrastructure =
                tenant.as(
                        somebody,
                        Permissions.of(List.of("@auth:role=infrastructure.administrator"))
                                .lines()
                                .toArray(String[]::new));
        refused(
                infrastructure.post("/rolemigrations", "{\"from\":\"" + EDITOR + "\"}"),
                403,
                "from");
    }

    /// @return its id
    private static String policy(String namespace, String... identities) {
        return ok(administrator()
                        .in(namespace)
                        .post(
                                "/apiauthorizationpolicies",
                                """
                                {"name":"a","subject":[["@auth:realm=vince","@auth:account=x"]],
                                 "authorizedIdentities":%s,"authorizedNamespace":"%s"}\
                                """
                                        .formatted(list(identities), namespace)))
                .path("ID")
                .asText();
    }

    private static String identities(String namespace, String id) {
        return ok(administrator().in(namespace).get("/apiauthorizationpolicies/" + id))
                .path("authorizedIdentities")
                .toString();
    }

    private static String list(String... texts) {
        return "[\"" + String.join("\",\"", texts) + "\"]";
    }
}
