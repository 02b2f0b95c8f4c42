package io.ringfence.testkit.contract;

import static io.ringfence.testkit.contract.Subject.filter;
import static io.ringfence.testkit.contract.Subject.ids;
import static io.ringfence.testkit.contract.Subject.ok;
import static io.ringfence.testkit.contract.Subject.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.testkit.service.AssertedClient;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Updates and deletes.
final class ChangeContract {
    private static final String DESCRIPTION = "description";

    private final Subject subject;

    ChangeContract(Subject subject) {
        this.subject = subject;
    }

    Stream<DynamicTest> tests() {
        return Stream.concat(
                Stream.of(
                        dynamicTest("is replaced as it was read", this::isReplaced),
                        dynamicTest("a sparse update leaves the rest", this::isPatched),
                        dynamicTest("a stale update is refused", this::refusesStale),
                        dynamicTest("a protected object needs override", this::isProtected),
                        dynamicTest("is gone after its delete", this::isDeleted),
                        dynamicTest("a filter deletes what it matches", this::isDeletedByFilter),
                        dynamicTest(
                                "is not found from another namespace", this::isHiddenFromOthers)),
                subject.declaration().attributes().values().stream()
                        .filter(Attribute::isCreateOnly)
                        .map(attribute ->
                                dynamicTest(
                                        "is fixed at creation: " + attribute.name(),
                                        () -> refusesChange(attribute))));
    }

    private void isReplaced() {
        ObjectNode object = subject.read(subject.created());
        ObjectNode replaced = replace(object.deepCopy().put(DESCRIPTION, "replaced"));
        assertThat(replaced.path(DESCRIPTION).asText()).isEqualTo("replaced");
        assertThat(replaced.path("updateTime").asText())
                .isGreaterThanOrEqualTo(object.path("updateTime").asText());
        assertThat(replaced.path("createTime")).isEqualTo(object.path("createTime"));
        assertThat(subject.read(object).path(DESCRIPTION).asText()).isEqualTo("replaced");
    }

    private ObjectNode replace(ObjectNode object) {
        return ok(subject.client().put(subject.path(object), object.toString()));
    }

    private void isPatched() {
        ObjectNode object = subject.read(subject.created());
        ok(subject.client().patch(subject.path(object), "{\"description\":\"patched\"}"));
        ObjectNode patched = subject.read(object);
        assertThat(patched.path(DESCRIPTION).asText()).isEqualTo("patched");
        assertThat(withoutChanging(patched)).isEqualTo(withoutChanging(object));
    }

    private static ObjectNode withoutChanging(ObjectNode object) {
        ObjectNode rest = object.deepCopy();
        rest.remove(DESCRIPTION);
        rest.remove("updateTime");
        rest.remove("updateIdempotencyKey");
        return rest;
    }

    private void refusesStale() {
        ObjectNode old = subject.read(subject.created());
        old.put("updateTime", "2021-04-07T10:00:00.000Z");
        refused(subject.client().put(subject.path(old), old.toString()), 422, "updateTime");
    }

    private void isProtected() {
        ObjectNode object = subject.created(subject.sample().put("protected", true));
        String path = subject.path(object);
        AssertedClient client = subject.client();
        refused(client.patch(path, "{\"description\":\"x\"}"), 422, "protected");
        refused(client.delete(path), 422, "protected");
        ok(client.patch(path + "?override=true", "{\"description\":\"x\"}"));
        ok(client.delete(path + "?override=true"));
    }

    private void isDeleted() {
        ObjectNode object = subject.created();
        ok(subject.client().delete(subject.path(object)));
        refused(subject.client().get(subject.path(object)), 404, "");
        refused(subject.client().delete(subject.path(object)), 404, "");
        refused(subject.client().patch(subject.path(object), "{}"), 404, "");
        assertThat(ids(subject.listed(""))).doesNotContain(object.path("ID").asText());
    }

    private void isDeletedByFilter() {
        String first = subject.created().path("ID").asText();
        String second = subject.created().path("ID").asText();
        ObjectNode kept = subject.created();
        String both = filter("ID in [\"%s\", \"%s\"]".formatted(first, second));
        refused(subject.client().delete(subject.path()), 400, "");
        HttpResponse<String> answer = subject.client().delete(subject.path() + both);
        assertThat(ids(Subject.listed(answer))).containsExactlyInAnyOrder(first, second);
        assertThat(subject.listed(both)).isEmpty();
        subject.read(kept);
    }

    private void isHiddenFromOthers() {
        ObjectNode object = subject.created();
        AssertedClient stranger = subject.client().in("/stranger");
        refused(stranger.get(subject.path(object)), 404, "");
        refused(stranger.patch(subject.path(object), "{\"description\":\"x\"}"), 404, "");
        refused(stranger.put(subject.path(object), object.toString()), 404, "");
        refused(stranger.delete(subject.path(object)), 404, "");
        assertThat(subject.read(object).path(DESCRIPTION).asText()).isNotEqualTo("x");
    }

    private void refusesChange(Attribute attribute) {
        ObjectNode object = subject.created();
        ObjectNode change = object.objectNode();
        change.set(attribute.name(), Samples.otherThan(attribute, object.path(attribute.name())));
        refused(
                subject.client().patch(subject.path(object), change.toString()),
                422,
                attribute.name());
    }
}
