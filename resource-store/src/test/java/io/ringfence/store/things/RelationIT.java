package io.ringfence.store.things;

import static io.ringfence.store.things.Things.body;
import static io.ringfence.store.things.Things.created;
import static io.ringfence.store.things.Things.json;
import static io.ringfence.store.things.Things.ok;
import static io.ringfence.store.things.Things.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class RelationIT {
    private final AssertedClient client = Things.client();
    private String contents = "";

    @BeforeEach
    void fill() {
        JsonNode box = created(client, "boxes", "{'name': 'b', 'propagate': true}");
        contents = "/boxes/%s/things".formatted(box.path("ID").asText());
        for (int i = 0; i < 3; i++) {
            ok(client.post(contents, json("{'name': 't%d', 'heavy': %b}".formatted(i, i == 0))));
        }
        created(client, "things", "{'name': 'outside'}");
    }

    @Test
    void listsChildrenLikeAList() {
        assertThat(ok(client.get("/v/1" + contents)).findValuesAsText("name"))
                .containsExactlyInAnyOrder("t0", "t1", "t2");
        HttpResponse<String> first = client.get(contents + "?order=-name&limit=2");
        assertThat(body(first).findValuesAsText("name")).containsExactly("t2", "t1");
        String next = first.headers().firstValue("X-Next").orElseThrow();
        assertThat(
                        ok(client.get(contents + "?order=-name&limit=2&after=" + next))
                                .findValuesAsText("name"))
                .containsExactly("t0");
        assertThat(
                        ok(client.get(contents + "?q=name%20in%20%5Bt1,outside%5D"))
                                .findValuesAsText("name"))
                .containsExactly("t1");
        assertThat(client.head(contents).headers().firstValue("X-Count-Total")).contains("3");
        HttpResponse<String> sparse =
                client.send(
                        client.request("GET", contents, null).header("X-Fields", "name").build(),
                        BodyHandlers.ofString());
        assertThat(body(sparse).get(0).properties()).hasSize(1);
    }

    @Test
    void understandsItsOwnParameters() {
        assertThat(ok(client.get(contents + "?mode=heavy")).findValuesAsText("name"))
                .containsExactly("t0");
        assertThat(refused(client.get(contents + "?mode=light"), 400, ""))
                .contains("mode", "all, heavy");
        refused(client.get(contents + "?colour=red"), 400, "");
        refused(client.get("/things?mode=heavy"), 400, "");
    }

    @Test
    void showsNothingOfAParentThatIsNotVisible() {
        AssertedClient stranger = client.in("/stranger");
        refused(stranger.get(contents), 404, "");
        refused(stranger.post(contents, json("{'name': 'x'}")), 404, "");
        assertThat(ok(client.in(client.namespace() + "/child").get(contents))).isEmpty();
        assertThat(ok(client.get("/things"))).hasSize(4);
    }

    @Test
    void isNothingWhereNoneIsDeclared() {
        JsonNode thing = created(client, "things", "{'name': 'x'}");
        refused(client.get("/things/%s/boxes".formatted(thing.path("ID").asText())), 404, "");
    }
}
