package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence api export`: one document, or with `-r` one for each namespace at and below the
/// command's, which `ringfence api import` puts back where they were.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Print resources as a document that import takes.")
final class ExportCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMESPACES_PER_CALL = 100;

    @Mixin private ApiOption api = new ApiOption();

    @Parameters(
            paramLabel = "RESOURCE",
            arity = "0..*",
            description = "Which resources (default: all that an import takes).")
    private List<String> resources = List.of();

    @Option(names = "--label", defaultValue = "", description = "Label of the document.")
    private String label = "";

    @Option(names = "--filter", description = "Filter, such as: name == \"a\"")
    private @Nullable String filter;

    @Option(
            names = {"-r", "--recursive"},
            description = "A document for each namespace below as well.")
    private boolean recursive;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "yaml",
            description = "yaml or json.")
    private Output.Format format = Output.Format.YAML;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        if (!recursive) {
            Output.print(format, export(client, List.of()));
            return 0;
        }
        List<String> namespaces = namespaces(client);
        List<JsonNode> documents = new ArrayList<>();
        for (int i = 0; i < namespaces.size(); i += NAMESPACES_PER_CALL) {
            export(
                            client,
                            namespaces.subList(
                                    i, Math.min(namespaces.size(), i + NAMESPACES_PER_CALL)))
                    .path("documents")
                    .forEach(documents::add);
        }
        if (format == Output.Format.YAML) {
            documents.forEach(document -> {
                System.out.println("---");
                Output.print(format, document);
            });
        } else {
            Output.print(format, documents);
        }
        return 0;
    }

    private JsonNode export(ApiClient client, List<String> namespaces) {
        ObjectNode request = JSON.createObjectNode().put("label", label);
        resources.forEach(request.putArray("identities")::add);
        namespaces.forEach(request.putArray("namespaces")::add);
        List<Parameter> parameters =
                filter == null ? List.of() : List.of(new Parameter("q", filter));
        return client.call("POST", "/export", api.namespace(), parameters, request).body();
    }

    private List<String> namespaces(ApiClient client) {
        List<String> names = new ArrayList<>(List.of(api.namespace()));
        client.call(
                        "GET",
                        "/namespaces",
                        api.namespace(),
                        List.of(new Parameter("recursive", "true")),
                        null)
                .body()
                .forEach(each -> names.add(each.path("name").asText()));
        return names.stream().distinct().sorted().toList();
    }
}
