package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Answer;
import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence api …`: any resource by its name.
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Create, read, list, update, delete, import and export resources.",
        subcommands = {ImportCommand.class, ExportCommand.class})
public final class ApiCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ID_LENGTH = 24;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List a resource.")
    int list(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Option(
                            names = {"-f", "--filter"},
                            description = "Filter, such as: name == \"a\"")
                    @Nullable String filter,
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Namespaces below as well.")
                    boolean recursive,
            @Option(
                            names = {"-p", "--param"},
                            description = "Any other parameter, as name=value.")
                    List<String> parameters) {
        ResourceNames names = ResourceNames.named(resource);
        JsonNode answer =
                api.client()
                        .call(
                                "GET",
                                "/" + names.path(),
                                api.namespace(),
                                query(filter, recursive, parameters),
                                null)
                        .body();
        Output.print(output, answer, names.columns());
        return 0;
    }

    @Command(name = "count", mixinStandardHelpOptions = true, description = "Count a resource.")
    int count(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Option(names = {"-f", "--filter"}) @Nullable String filter,
            @Option(names = {"-r", "--recursive"}) boolean recursive) {
        ResourceNames names = ResourceNames.named(resource);
        Answer answer =
                api.client()
                        .call(
                                "HEAD",
                                "/" + names.path(),
                                api.namespace(),
                                query(filter, recursive, null),
                                null);
        System.out.println(answer.header("x-count-total"));
        return 0;
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Print one object, named by its id or its name.")
    int get(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Parameters(paramLabel = "ID") String id) {
        ResourceNames names = ResourceNames.named(resource);
        ApiClient client = api.client();
        JsonNode answer =
                client.call(
                                "GET",
                                path(client, names, api.namespace(), id),
                                api.namespace(),
                                List.of(),
                                null)
                        .body();
        Output.print(
                output.format() == Output.Format.TABLE ? Output.Format.JSON : output.format(),
                answer);
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Create an object.")
    int create(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Mixin WaitOption waiting,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Option(
                            names = {"-d", "--data"},
                            description = "The object, as JSON.")
                    @Nullable String data,
            @Option(
                            names = "--file",
                            description =
                                    "A file with the object, JSON or YAML; - for standard input.")
                    @Nullable String file,
            @Option(
                            names = {"-k", "--key"},
                            description = "One attribute, as name=value.")
                    List<String> keys) {
        ResourceNames names = ResourceNames.named(resource);
        waiting.checkFor(names);
        ApiClient client = api.client();
        JsonNode created =
                client.call(
                                "POST",
                                "/" + names.path(),
                                api.namespace(),
                                List.of(),
                                body(data, file, keys))
                        .body();
        printCreated(output, created);
        waiting.after(client, api.namespace());
        return 0;
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Change some attributes of an object.")
    int update(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Mixin WaitOption waiting,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = {"-d", "--data"}) @Nullable String data,
            @Option(names = "--file") @Nullable String file,
            @Option(names = {"-k", "--key"}) List<String> keys) {
        ResourceNames names = ResourceNames.named(resource);
        waiting.checkFor(names);
        ApiClient client = api.client();
        String path = path(client, names, api.namespace(), id);
        printCreated(
                output,
                client.call("PATCH", path, api.namespace(), List.of(), body(data, file, keys))
                        .body());
        waiting.after(client, api.namespace());
        return 0;
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete an object.")
    int delete(
            @Mixin ApiOption api,
            @Mixin WaitOption waiting,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Parameters(paramLabel = "ID") String id) {
        ResourceNames names = ResourceNames.named(resource);
        waiting.checkFor(names);
        ApiClient client = api.client();
        client.call(
                "DELETE",
                path(client, names, api.namespace(), id),
                api.namespace(),
                List.of(),
                null);
        waiting.after(client, api.namespace());
        return 0;
    }

    private static void printCreated(OutputOption output, JsonNode object) {
        if (output.format() == Output.Format.TABLE) {
            System.out.println(object.path("ID").asText());
        } else {
            Output.print(output.format(), object);
        }
    }

    private static ObjectNode body(
            @Nullable String data, @Nullable String file, @Nullable List<String> keys) {
        JsonNode given =
                data != null
                        ? Documents.parse(data, "--data")
                        : file != null ? Documents.read(file) : JSON.createObjectNode();
        if (!(given instanceof ObjectNode object)) {
            throw new UserError("An object is wanted, not a list.");
        }
        Documents.set(object, keys == null ? List.of() : keys);
        return object;
    }

    private static List<Parameter> query(
            @Nullable String filter, boolean recursive, @Nullable List<String> parameters) {
        List<Parameter> query = new ArrayList<>();
        if (filter != null) {
            query.add(new Parameter("q", filter));
        }
        if (recursive) {
            query.add(new Parameter("recursive", "true"));
        }
        for (String parameter : parameters == null ? List.<String>of() : parameters) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new UserError(
                        "A parameter is written -p name=value; '" + parameter + "' is not.");
            }
            query.add(
                    new Parameter(parameter.substring(0, equals), parameter.substring(equals + 1)));
        }
        return query;
    }

    private static String path(ApiClient client, ResourceNames names, String namespace, String id) {
        String found =
                id.matches("[0-9a-f]{" + ID_LENGTH + "}") ? id : idOf(client, names, namespace, id);
        return "/" + names.path() + "/" + URLEncoder.encode(found, StandardCharsets.UTF_8);
    }

    private static String idOf(
            ApiClient client, ResourceNames names, String namespace, String name) {
        String filter = "name == \"" + name.replace("\"", "\\\"") + "\"";
        JsonNode found =
                client.call(
                                "GET",
                                "/" + names.path(),
                                namespace,
                                List.of(new Parameter("q", filter)),
                                null)
                        .body();
        if (found.size() != 1) {
            throw new UserError(
                    3,
                    (found.isEmpty() ? "No object" : "More than one object")
                            + " of "
                            + names.path()
                            + " is named '"
                            + name
                            + "'.");
        }
        return found.get(0).path("ID").asText();
    }
}
