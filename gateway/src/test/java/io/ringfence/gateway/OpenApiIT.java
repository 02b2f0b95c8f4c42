package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.index.Entry;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.testkit.installation.ProjectFolder;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import io.swagger.v3.parser.OpenAPIV3Parser;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The services describe themselves here as `docs/openapi` says they do.
@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, Principal> SERVICES =
            Map.of(
                    "identity", Principal.IDENTITY_SERVICE,
                    "policy", Principal.POLICY_SERVICE,
                    "metrics", Principal.METRICS_SERVICE);
    private static Map<String, TestBackend> backends = Map.of();

    @Inject @All List<OwnPage> pages;

    @BeforeAll
    static void startServices() {
        backends =
                SERVICES.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        each -> TestBackend.standingFor(each.getValue())));
    }

    @AfterAll
    static void stopServices() {
        backends.values().forEach(TestBackend::close);
    }

    @Test
    @Order(1)
    void isThereOnceEveryServiceHasDescribedItself() throws Exception {
        assertThat(get("/openapi", "application/json").statusCode()).isEqualTo(503);

        for (var each : backends.entrySet()) {
            JsonNode part =
                    YAML.readTree(
                            ProjectFolder.root()
                                    .resolve("docs/openapi/%s.yaml".formatted(each.getKey()))
                                    .toFile());
            each.getValue().answering("/internal/openapi", 200, JSON.writeValueAsBytes(part));
        }
        assertThat(get("/openapi", "application/json").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void isOneOpenApiDocumentOfAllServices() throws Exception {
        HttpResponse<String> answer = get("/openapi", "application/json");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(new OpenAPIV3Parser().readContents(answer.body(), null, null).getMessages())
                .isEmpty();
        JsonNode document = JSON.readTree(answer.body());
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths").fieldNames())
                .toIterable()
                .contains("/namespaces", "/externalnetworks/{id}", "/metrics", "/healthchecks")
                .noneMatch(path -> path.startsWith("/internal"));
    }

    @Test
    @Order(2)
    void isYamlForWhoAsksForIt() throws Exception {
        HttpResponse<String> accepted = get("/openapi", "application/yaml");
        HttpResponse<String> named = get("/openapi.yaml", "*/*");

        assertThat(named.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(accepted.body()).isEqualTo(named.body());
        assertThat(YAML.readTree(named.body()))
                .isEqualTo(JSON.readTree(get("/openapi", "application/json").body()));
    }

    @Test
    @Order(2)
    void tellsEveryPageThatIsForPrograms() throws Exception {
        JsonNode paths = JSON.readTree(get("/openapi", "*/*").body()).path("paths");

        assertThat(pages)
                .extracting(OwnPage::path)
                .filteredOn(path -> !path.equals("/") && !path.startsWith("/docs"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(paths.has(path)).as(path).isTrue());
    }

    @Test
    @Order(2)
    void agreesWithTheIndexAboutWhoMayAsk() throws Exception {
        JsonNode paths = JSON.readTree(get("/openapi", "*/*").body()).path("paths");

        assertThat(paths.properties())
                .isNotEmpty()
                .allSatisfy(path -> {
                    String segment = path.getKey().split("/")[1].replace("openapi.yaml", "openapi");
                    Entry entry = ResourceIndex.console().at(segment).orElse(null);
                    assertThat(entry)
                            .as("the index has %s", segment)
                            .isInstanceOf(Entry.Served.class);
                    boolean open = ((Entry.Served) entry).access() == Access.OPEN;
                    assertThat(path.getValue())
                            .as(path.getKey())
                            .allSatisfy(operation ->
                                    assertThat(operation.path("security").isArray())
                                            .isEqualTo(open));
                });
    }

    @Test
    @Order(2)
    void isReadInABrowserWithoutAnyOtherHost() {
        HttpResponse<String> page = get("/docs", "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy)
                                .contains("default-src 'none'", "connect-src 'self'")
                                .doesNotContain("http", "*"));
        assertThat(page.body()).doesNotContain("http://", "https://");
        List<String> parts = all("(?:src|href)=\"([^\"]+)\"", page.body());
        assertThat(parts)
                .hasSize(4)
                .allSatisfy(part -> {
                    HttpResponse<String> file = get(part, "*/*");
                    assertThat(file.statusCode()).as(part).isEqualTo(200);
                    assertThat(file.body()).as(part).isNotEmpty();
                });
        assertThat(get("/docs/start.js", "*/*").body()).contains("\"/openapi\"");
    }

    /// Every group of operations is there, and the one that the address names lies open.
    @Test
    @Order(2)
    void showsTheOperationsInABrowserThatHasNothingToComplainAbout(@TempDir Path folder)
            throws Exception {
        Browser browser = Browser.find();
        Map<String, List<String>> pathsByGroup =
                JSON.readTree(get("/openapi", "*/*").body())
                        .path("paths")
                        .propertyStream()
                        .flatMap(path ->
                                path.getValue()
                                        .valueStream()
                                        .map(operation ->
                                                Map.entry(
                                                        operation.path("tags").path(0).asText(),
                                                        path.getKey())))
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));

        Browser.Page page = browser.open(uri("/docs#/namespace"), folder);

        assertThat(page.console()).isEmpty();
        assertThat(all("data-tag=\"([^\"]+)\"", page.html()))
                .containsExactlyInAnyOrderElementsOf(pathsByGroup.keySet());
        assertThat(all("opblock-summary-path\"[^>]* data-path=\"([^\"]+)\"", page.html()))
                .containsExactlyInAnyOrderElementsOf(pathsByGroup.get("namespace"));
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    @Order(2)
    void nothingElseOfThePackageIsServed() {
        assertThat(get("/webjars/swagger-ui/5.34.1/index.html", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/docs/index.html", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/internal/openapi", "*/*").statusCode()).isEqualTo(404);
    }

    private static URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%d%s"
                        .formatted(TestInstallation.get().installation().ports().api(), path));
    }

    private static HttpResponse<String> get(String path, String accept) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
