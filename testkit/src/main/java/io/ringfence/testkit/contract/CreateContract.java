package io.ringfence.testkit.contract;

import static io.ringfence.testkit.contract.Subject.ok;
import static io.ringfence.testkit.contract.Subject.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// What a create accepts, completes and refuses.
final class CreateContract {
    private final Subject subject;

    CreateContract(Subject subject) {
        this.subject = subject;
    }

    Stream<DynamicTest> tests() {
        return Stream.of(
                        Stream.of(
                                dynamicTest("stores what was sent", this::storesWhatWasSent),
                                dynamicTest("a repeated key creates once", this::createsOnce),
                                dynamicTest(
                                        "an unknown attribute is refused", this::refusesUnknown),
                                dynamicTest(
                                        "zero read-only and unknown attributes are ignored",
                                        this::ignoresZeros)),
                        each("is required: %s", this::isDemanded, this::refusesMissing),
                        each("has a type: %s", this::hasWrongType, this::refusesWrongType),
                        each("has its values: %s", this::isEnumeration, this::refusesOtherValue),
                        each("has a default: %s", this::hasDefault, this::fillsInDefault),
                        each("has an end: %s", this::hasLength, this::refusesTooLong),
                        readOnly())
                .flatMap(tests -> tests);
    }

    private Stream<DynamicTest> each(
            String title, Predicate<Attribute> concerned, BiConsumer<Attribute, ObjectNode> test) {
        return subject.writable()
                .filter(concerned)
                .map(attribute ->
                        dynamicTest(
                                title.formatted(attribute.name()),
                                () -> test.accept(attribute, subject.sample())));
    }

    private Stream<DynamicTest> readOnly() {
        return subject.declaration().attributes().values().stream()
                .filter(Attribute::isReadOnly)
                .map(attribute ->
                        dynamicTest(
                                "is read-only: " + attribute.name(),
                                () -> refusesReadOnly(attribute)));
    }

    private void storesWhatWasSent() {
        ObjectNode sent = subject.sample();
        ObjectNode created = subject.created(sent);
        assertThat(created.path("ID").asText()).matches("[0-9a-f]{24}");
        assertThat(created.path("namespace").asText()).isEqualTo(subject.client().namespace());
        assertThat(created.path("createTime").asText()).isNotEmpty();
        assertThat(created.path("updateTime").asText()).isNotEmpty();
        for (Attribute attribute : subject.declaration().attributes().values()) {
            JsonNode value = sent.path(attribute.name());
            if (!value.isMissingNode() && !subject.isRewritten(attribute)) {
                assertThat(created.path(attribute.name())).as(attribute.name()).isEqualTo(value);
            }
        }
        ObjectNode read = subject.read(created);
        created.fieldNames()
                .forEachRemaining(name -> {
                    if (!subject.contract().rewritten().contains(name)) {
                        assertThat(read.path(name)).as(name).isEqualTo(created.path(name));
                    }
                });
    }

    private void createsOnce() {
        HttpRequest create =
                subject.client()
                        .request("POST", subject.path(), subject.sample().toString())
                        .header(Header.IDEMPOTENCY_KEY, UUID.randomUUID().toString())
                        .build();
        ObjectNode first = ok(subject.client().send(create, BodyHandlers.ofString()));
        ObjectNode again = ok(subject.client().send(create, BodyHandlers.ofString()));
        assertThat(again.path("ID")).isEqualTo(first.path("ID"));
    }

    private void refusesUnknown() {
        refused(subject.post(subject.sample().put("notDeclared", "x")), 422, "notDeclared");
    }

    /// As the 5.0 client sends a create: every attribute there is, most of them zero.
    private void ignoresZeros() {
        ObjectNode sent = subject.sample();
        sent.put("ID", "")
                .put("namespace", "")
                .putNull("createTime")
                .put("updateTime", "0001-01-01T00:00:00Z")
                .put("notDeclared", "")
                .put("createIdempotencyKey", "");
        sent.putArray("normalizedTags");
        sent.putObject("annotations");
        ok(subject.post(sent));
    }

    private boolean isDemanded(Attribute attribute) {
        return attribute.isRequired() && attribute.defaultValue().isEmpty();
    }

    private void refusesMissing(Attribute attribute, ObjectNode sample) {
        sample.remove(attribute.name());
        refused(subject.post(sample), 422, attribute.name());
    }

    private boolean hasWrongType(Attribute attribute) {
        return Samples.ofWrongType(attribute.type()).isPresent();
    }

    private void refusesWrongType(Attribute attribute, ObjectNode sample) {
        sample.set(attribute.name(), Samples.ofWrongType(attribute.type()).orElseThrow());
        refused(subject.post(sample), 422, attribute.name());
    }

    private boolean isEnumeration(Attribute attribute) {
        return attribute.type() instanceof AttributeType.Enumeration;
    }

    private void refusesOtherValue(Attribute attribute, ObjectNode sample) {
        refused(
                subject.post(sample.set(attribute.name(), TextNode.valueOf("NoneOfThem"))),
                422,
                attribute.name());
    }

    private boolean hasDefault(Attribute attribute) {
        return attribute.defaultValue().isPresent();
    }

    private void fillsInDefault(Attribute attribute, ObjectNode sample) {
        sample.remove(attribute.name());
        assertThat(Optional.of(subject.created(sample).path(attribute.name())))
                .isEqualTo(attribute.defaultValue());
    }

    private boolean hasLength(Attribute attribute) {
        return Samples.tooLong(attribute).isPresent();
    }

    private void refusesTooLong(Attribute attribute, ObjectNode sample) {
        sample.set(attribute.name(), Samples.tooLong(attribute).orElseThrow());
        refused(subject.post(sample), 422, attribute.name());
    }

    private void refusesReadOnly(Attribute attribute) {
        ObjectNode sample = subject.sample();
        sample.set(attribute.name(), Samples.otherThan(attribute, TextNode.valueOf("")));
        refused(subject.post(sample), 422, attribute.name());
    }
}
