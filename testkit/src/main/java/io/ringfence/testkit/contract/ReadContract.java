package io.ringfence.testkit.contract;

import static io.ringfence.testkit.contract.Subject.filter;
import static io.ringfence.testkit.contract.Subject.ids;
import static io.ringfence.testkit.contract.Subject.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.testkit.service.AssertedClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Lists, filters, pages, counts and encodings.
final class ReadContract {
    private final Subject subject;

    ReadContract(Subject subject) {
        this.subject = subject;
    }

    Stream<DynamicTest> tests() {
        return Stream.concat(
                Stream.of(
                        dynamicTest("pages are walked by number", this::walksPages),
                        dynamicTest("pages are walked by X-Next", this::walksByCursor),
                        dynamicTest("is sorted both ways", this::sorts),
                        dynamicTest("HEAD counts", this::counts),
                        dynamicTest("X-Fields leaves out the rest", this::leavesOut),
                        dynamicTest("answers with and without version", this::answersBothPaths),
                        dynamicTest("answers to its aliases", this::answersToAliases),
                        dynamicTest("an unknown parameter is refused", this::refusesParameter),
                        dynamicTest("MessagePack says the same", this::speaksMessagePack)),
                subject.declaration().attributes().values().stream()
                        .filter(each -> !subject.contract().computed().contains(each.name()))
                        .filter(each -> !each.isSecret())
                        .map(attribute ->
                                dynamicTest(
                                        "is filtered by: " + attribute.name(),
                                        () -> isFound(attribute))));
    }

    /// By what it has, and not by the opposite.
    private void isFound(Attribute attribute) {
        ObjectNode object = subject.read(subject.created());
        JsonNode value = object.path(attribute.name());
        String id = object.path("ID").asText();
        String name = attribute.name();
        switch (attribute.type()) {
            case AttributeType.Text _ when value.asText().indexOf('\n') >= 0 ->
                    exists(id, name, true);
            case AttributeType.Text _, AttributeType.Enumeration _ ->
                    finds(id, "%s == %s".formatted(name, value), "%s != %s".formatted(name, value));
            case AttributeType.Time _ -> {
                if (value.isMissingNode()) {
                    exists(id, name, false);
                } else {
                    finds(
                            id,
                            "%s <= date(%s)".formatted(name, value),
                            "%s > date(%s)".formatted(name, value));
                }
            }
            case AttributeType.Bool _, AttributeType.Whole _, AttributeType.Decimal _ ->
                    finds(id, "%s == %s".formatted(name, value), "%s != %s".formatted(name, value));
            case AttributeType.Texts _ -> {
                if (!value.isEmpty()) {
                    String list = "[%s]".formatted(value.get(0));
                    finds(
                            id,
                            "%s contains %s".formatted(name, list),
                            "%s not contains %s".formatted(name, list));
                } else {
                    finds(
                            id,
                            "%s not contains [\"nothing\"]".formatted(name),
                            "%s contains [\"nothing\"]".formatted(name));
                }
            }
            case AttributeType.Expression _,
                    AttributeType.TextMap _,
                    AttributeType.TextsMap _,
                    AttributeType.Nested _,
                    AttributeType.NestedList _,
                    AttributeType.Anything _ -> {
                exists(id, name, !value.isEmpty());
            }
        }
    }

    /// An empty list or map is none.
    private void exists(String id, String name, boolean there) {
        String yes = name + " exists";
        String no = name + " not exists";
        finds(id, there ? yes : no, there ? no : yes);
    }

    private void finds(String id, String condition, String opposite) {
        String only = "ID == \"%s\" and ".formatted(id);
        assertThat(ids(subject.listed(filter(only + condition)))).as(condition).containsExactly(id);
        assertThat(ids(subject.listed(filter(only + opposite)))).as(opposite).isEmpty();
    }

    private void walksPages() {
        haveThree();
        List<String> all = ids(subject.listed("?order=ID"));
        List<String> walked = new ArrayList<>();
        for (int page = 1; ; page++) {
            HttpResponse<String> answer =
                    subject.client().get(subject.path() + "?order=ID&pagesize=2&page=" + page);
            assertThat(answer.headers().firstValue(Header.COUNT_TOTAL))
                    .contains(Integer.toString(all.size()));
            List<String> ids = ids(Subject.listed(answer));
            assertThat(ids).hasSizeLessThanOrEqualTo(2);
            if (ids.isEmpty()) {
                break;
            }
            walked.addAll(ids);
        }
        assertThat(walked).isEqualTo(all);
    }

    private void walksByCursor() {
        haveThree();
        List<String> walked = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String after = next.get().isEmpty() ? "" : "&after=" + next.get();
            HttpResponse<String> answer = subject.client().get(subject.path() + "?limit=2" + after);
            List<String> ids = ids(Subject.listed(answer));
            assertThat(ids).hasSizeBetween(1, 2);
            walked.addAll(ids);
            next = answer.headers().firstValue(Header.NEXT);
        }
        assertThat(walked)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(ids(subject.listed("")));
    }

    private void sorts() {
        haveThree();
        List<String> rising = ids(subject.listed("?order=createTime&order=ID"));
        List<String> falling = ids(subject.listed("?order=-createTime&order=-ID"));
        assertThat(falling.reversed()).isEqualTo(rising);
    }

    private void counts() {
        haveThree();
        HttpResponse<String> head = subject.client().head(subject.path());
        assertThat(head.statusCode()).isEqualTo(204);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue(Header.COUNT_TOTAL))
                .contains(Integer.toString(subject.listed("").size()));
    }

    private void haveThree() {
        for (int i = 0; i < 3; i++) {
            subject.created();
        }
    }

    private void leavesOut() {
        ObjectNode object = subject.created();
        HttpRequest sparse =
                subject.client()
                        .request("GET", subject.path(object), null)
                        .header(Header.FIELDS, "ID")
                        .header(Header.FIELDS, "createTime")
                        .build();
        ObjectNode answer = Subject.ok(subject.client().send(sparse, BodyHandlers.ofString()));
        assertThat(answer.fieldNames()).toIterable().containsExactlyInAnyOrder("ID", "createTime");
    }

    private void answersBothPaths() {
        ObjectNode object = subject.created();
        AssertedClient client = subject.client();
        assertThat(client.get("/v/1" + subject.path(object)).body())
                .isEqualTo(client.get(subject.path(object)).body());
    }

    private void answersToAliases() {
        ObjectNode object = subject.created();
        for (String alias : subject.declaration().aliases()) {
            assertThat(ids(Subject.listed(subject.client().get("/" + alias))))
                    .as(alias)
                    .contains(object.path("ID").asText());
        }
    }

    private void refusesParameter() {
        ObjectNode object = subject.created();
        refused(subject.client().get(subject.path() + "?unheardof=1"), 400, "");
        assertThat(subject.client().head(subject.path() + "?pagesize=many").statusCode())
                .isEqualTo(400);
        refused(subject.client().get(subject.path(object) + "?unheardof=1"), 400, "");
        refused(subject.client().get(subject.path() + "?limit=1&pagesize=1"), 400, "");
        refused(subject.client().get(subject.path() + filter("notDeclared == 1")), 400, "");
        refused(
                subject.client().post(subject.path() + "?unheardof=1", subject.sample().toString()),
                400,
                "");
    }

    private void speaksMessagePack() {
        ObjectNode sample = subject.sample();
        HttpRequest create =
                subject.client()
                        .request("POST", subject.path(), null)
                        .setHeader("Content-Type", BodyFormat.MESSAGE_PACK.mediaType())
                        .setHeader("Accept", BodyFormat.MESSAGE_PACK.mediaType())
                        .POST(BodyPublishers.ofByteArray(BodyFormat.MESSAGE_PACK.write(sample)))
                        .build();
        HttpResponse<byte[]> answer = subject.client().send(create, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains(BodyFormat.MESSAGE_PACK.mediaType());
        ObjectNode created = BodyFormat.MESSAGE_PACK.readObject(answer.body());
        ObjectNode read = subject.read(created);
        HttpRequest again =
                subject.client()
                        .request("GET", subject.path(created), null)
                        .setHeader("Accept", BodyFormat.MESSAGE_PACK.mediaType())
                        .build();
        assertThat(
                        BodyFormat.MESSAGE_PACK.readObject(
                                subject.client().send(again, BodyHandlers.ofByteArray()).body()))
                .isEqualTo(read);
    }
}
