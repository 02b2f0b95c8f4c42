package io.ringfence.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What the resources of 5.0 had (`reference/api.md` Appendix B), kept in `attributes.txt` beside
/// this class, with the reasons where ours are not the same.
final class Facts {
    private static final List<Fact> ALL = read();

    private Facts() {}

    /// A resource that 5.0 did not have agrees with everything.
    static void check(ResourceDeclaration declaration) {
        List<String> disagreements = new ArrayList<>();
        compare(declaration.identity(), declaration.attributes().values(), disagreements);
        assertThat(disagreements)
                .as("correct the declaration, or give the reason in attributes.txt")
                .isEmpty();
    }

    private static void compare(
            String resource, Collection<Attribute> declared, List<String> disagreements) {
        for (Fact fact : ALL) {
            if (fact.resource().equals(resource)) {
                declared.stream()
                        .filter(each -> each.name().equals(fact.attribute()))
                        .findFirst()
                        .ifPresentOrElse(
                                each -> compare(fact, each, disagreements),
                                () -> missing(fact, disagreements));
            }
        }
    }

    private static void missing(Fact fact, List<String> disagreements) {
        if (!fact.mayBeLeftOut()) {
            disagreements.add("%s.%s is missing".formatted(fact.resource(), fact.attribute()));
        }
    }

    private static void compare(Fact fact, Attribute declared, List<String> disagreements) {
        Fact ours = Fact.of(declared, fact);
        if (fact.mayBeLeftOut()) {
            disagreements.add(
                    "%s.%s is there, yet said to be left out"
                            .formatted(fact.resource(), fact.attribute()));
        } else if (fact.mayDiffer() == ours.equals(fact)) {
            disagreements.add("it was %s and is %s".formatted(fact, ours));
        }
        List<Attribute> inner = inner(declared.type());
        if (!inner.isEmpty()) {
            compare(fact.inner(), inner, disagreements);
        }
    }

    private static List<Attribute> inner(AttributeType type) {
        if (type instanceof AttributeType.Nested(var attributes)) {
            return attributes;
        }
        return type instanceof AttributeType.NestedList(var attributes) ? attributes : List.of();
    }

    private static List<Fact> read() {
        try (InputStream file = Facts.class.getResourceAsStream("attributes.txt")) {
            if (file == null) {
                throw new IllegalStateException("attributes.txt is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Fact::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
