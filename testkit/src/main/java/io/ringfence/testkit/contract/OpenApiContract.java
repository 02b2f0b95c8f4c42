package io.ringfence.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.testkit.service.AssertedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A service's part of the OpenAPI document tells all it answers, and is checked in.
public final class OpenApiContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GENERIC = "io.ringfence.protocol.endpoint";
    private static final String INTERNAL = "/internal/";

    private final AssertedClient client;
    private final String service;

    private OpenApiContract(AssertedClient client, String service) {
        this.client = client;
        this.service = service;
    }

    /// @param service `identity`: its code is in `io.ringfence.identity`, its part in
    ///   `docs/openapi/identity.yaml`
    public static Stream<DynamicTest> of(AssertedClient client, String service) {
        OpenApiContract contract = new OpenApiContract(client, service);
        return Stream.of(
                dynamicTest("every endpoint is described", contract::describesEveryEndpoint),
                dynamicTest("every reference leads somewhere", contract::refersToWhatIsThere),
                dynamicTest("every operation has its own id", contract::tellsOperationsApart),
                dynamicTest("docs/openapi is up to date", contract::isCheckedIn));
    }

    private JsonNode document() {
        HttpResponse<String> answer = client.get("/internal/openapi");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describesEveryEndpoint() {
        JsonNode document = document();
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(
                                        verb -> described.add(verb + " " + path.getKey())));
        Set<String> answered = new TreeSet<>();
        EndpointPaths.in("io.ringfence." + service).stream()
                .filter(each -> !each.contains(" " + INTERNAL))
                .forEach(answered::add);
        assertThat(described)
                .as("declare each with an OperationDeclaration beside the endpoint")
                .containsAll(answered);
        Set<String> generic = EndpointPaths.in(GENERIC);
        assertThat(generic).contains("get /{plural}", "put /{plural}/{id}");
        for (String plural : plurals(document)) {
            assertThat(described)
                    .as("what ResourceEndpoint answers is in resource.json")
                    .containsAll(
                            generic.stream()
                                    .filter(each -> !each.contains("{child"))
                                    .map(each -> each.replace("{plural}", plural))
                                    .toList());
        }
    }

    /// Declared resources are what can be changed sparsely.
    private static List<String> plurals(JsonNode document) {
        return document.path("paths")
                .propertyStream()
                .filter(path -> path.getKey().endsWith("/{id}") && path.getValue().has("patch"))
                .map(path -> path.getKey().substring(1, path.getKey().lastIndexOf('/')))
                .toList();
    }

    private void refersToWhatIsThere() {
        JsonNode document = document();
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(document.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    private void tellsOperationsApart() {
        assertThat(document().findValuesAsText("operationId")).isNotEmpty().doesNotHaveDuplicates();
    }

    private void isCheckedIn() {
        Golden.at("docs/openapi/%s.yaml".formatted(service)).holds(document());
    }
}
