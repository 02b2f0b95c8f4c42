package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringfence api import`: each document of a file goes in as a whole or not at all, into the
/// namespace it names, or else into the command's.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Apply a document of resources, all or nothing.")
final class ImportCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private ApiOption api = new ApiOption();
    @Mixin private OutputOption output = new OutputOption();
    @Mixin private WaitOption waiting = new WaitOption();

    @Option(
            names = {"-f", "--file"},
            required = true,
            description = "JSON or YAML; - for standard input.")
    private String file = "";

    @Option(names = "--plan", description = "Only say what would change.")
    private boolean plan;

    @Option(names = "--delete", description = "Take back what the document's label brought in.")
    private boolean delete;

    @Option(names = "--override", description = "Touch protected objects too.")
    private boolean override;

    @Option(
            names = "--skip",
            split = ",",
            description =
                    "A resource to leave out, such as apiauthorizationpolicies, which an import"
                            + " cannot write.")
    private List<String> skip = List.of();

    @Override
    public Integer call() {
        waiting.check();
        ApiClient client = api.client();
        Set<String> changed = new LinkedHashSet<>();
        for (ObjectNode document : Documents.readAll(file)) {
            JsonNode named = document.remove("namespace");
            String namespace = named == null ? api.namespace() : named.asText();
            ObjectNode request = JSON.createObjectNode().put("mode", delete ? "Remove" : "Import");
            request.set("data", document);
            JsonNode answer =
                    client.call("POST", "/import", namespace, parameters(), request).body();
            changed.add(namespace);
            if (output.format() == Output.Format.TABLE) {
                System.out.print(ImportReport.of(namespace, answer));
            } else {
                Output.print(output.format(), answer);
            }
        }
        if (!plan) {
            waiting.after(client, changed);
        }
        return 0;
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (plan) {
            parameters.add(new Parameter("plan", "true"));
        }
        if (override) {
            parameters.add(new Parameter("override", "true"));
        }
        skip.forEach(each -> parameters.add(new Parameter("skip", each)));
        return parameters;
    }
}
