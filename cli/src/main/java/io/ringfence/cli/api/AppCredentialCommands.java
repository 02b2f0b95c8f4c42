package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence appcred …`, as 5.0's command had it (`reference/api.md` §7).
@Command(
        name = "appcred",
        aliases = "appcreds",
        mixinStandardHelpOptions = true,
        description = "Make and manage app credentials: what machines log in with.")
public final class AppCredentialCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/appcredentials";
    private static final String ID = "[0-9a-f]{24}";
    private static final List<String> COLUMNS =
            List.of("ID", "name", "namespace", "roles", "authorizedSubnets", "disabled");

    /// What a new credential is written as.
    enum Type {
        /// The credential as JSON, on standard output.
        JSON,
        /// A Secret of Kubernetes that holds it, on standard output.
        K8S,
        /// `NAME-cert.pem` and `NAME-key.pem`, in the current folder.
        CERT
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make an app credential; its key is shown this once.")
    int create(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            required = true,
                            description =
                                    "A role, such as @auth:role=namespace.viewer; repeat for more.")
                    List<String> roles,
            @Option(
                            names = "--subnet",
                            description = "Valid from this network only; repeat for more.")
                    @Nullable List<String> subnets,
            @Option(
                            names = "--max-validity",
                            defaultValue = "",
                            description = "The longest that its tokens live, such as 1h.")
                    String longestToken,
            @Option(
                            names = "--type",
                            defaultValue = "json",
                            description =
                                    "json, k8s (a Secret) or cert (two files) (default: ${DEFAULT-VALUE}).")
                    Type type) {
        ObjectNode request = JSON.createObjectNode().put("name", name);
        roles.forEach(request.putArray("roles")::add);
        put(request, "authorizedSubnets", subnets);
        if (!longestToken.isEmpty()) {
            request.put("maxIssuedTokenValidity", longestToken);
        }
        JsonNode credentials =
                api.client()
                        .call("POST", PATH, api.namespace(), List.of(), request)
                        .body()
                        .path("credentials");
        switch (type) {
            case JSON -> Output.print(Output.Format.JSON, credentials);
            case K8S -> Output.print(Output.Format.YAML, secret(name, credentials));
            case CERT -> writeFiles(name, credentials);
        }
        return 0;
    }

    private static ObjectNode secret(String name, JsonNode credentials) {
        ObjectNode secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
        secret.putObject("metadata").put("name", name);
        secret.put("type", "Opaque");
        secret.putObject("data")
                .put(
                        "default.creds",
                        Base64.getEncoder()
                                .encodeToString(
                                        credentials.toString().getBytes(StandardCharsets.UTF_8)));
        return secret;
    }

    private static void writeFiles(String name, JsonNode credentials) {
        if (name.contains("/")) {
            throw new UserError(
                    "A file cannot be named after '" + name + "': use --type json instead.");
        }
        Path key = Path.of(name + "-key.pem");
        Path certificate = Path.of(name + "-cert.pem");
        Pem.writeSecret(key, decoded(credentials, "certificateKey"));
        Pem.write(certificate, decoded(credentials, "certificate"));
        System.err.println("Wrote " + certificate + " and " + key + ".");
    }

    private static String decoded(JsonNode credentials, String name) {
        return new String(
                Base64.getDecoder().decode(credentials.path(name).asText()),
                StandardCharsets.UTF_8);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List app credentials.")
    int list(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Namespaces below as well.")
                    boolean recursive) {
        List<Parameter> parameters =
                recursive ? List.of(new Parameter("recursive", "true")) : List.of();
        Output.print(
                output,
                api.client().call("GET", PATH, api.namespace(), parameters, null).body(),
                COLUMNS);
        return 0;
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Refuse an app credential and its tokens from now on.")
    int disable(@Mixin ApiOption api, @Parameters(paramLabel = "NAME|ID") String credential) {
        return patch(api, credential, JSON.createObjectNode().put("disabled", true));
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Accept a disabled app credential again.")
    int enable(@Mixin ApiOption api, @Parameters(paramLabel = "NAME|ID") String credential) {
        return patch(api, credential, JSON.createObjectNode().put("disabled", false));
    }

    @Command(
            name = "roles",
            mixinStandardHelpOptions = true,
            description = "Replace an app credential's roles.")
    int roles(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "NAME|ID") String credential,
            @Option(names = "--role", required = true, description = "A role; repeat for more.")
                    List<String> roles) {
        ObjectNode change = JSON.createObjectNode();
        put(change, "roles", roles);
        return patch(api, credential, change);
    }

    @Command(
            name = "subnets",
            mixinStandardHelpOptions = true,
            description = "Replace the networks an app credential is valid from.")
    int subnets(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "NAME|ID") String credential,
            @Option(
                            names = "--subnet",
                            description = "A network; repeat for more; none: from anywhere.")
                    @Nullable List<String> subnets) {
        ObjectNode change = JSON.createObjectNode();
        put(change, "authorizedSubnets", subnets == null ? List.of() : subnets);
        return patch(api, credential, change);
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete an app credential; it and its tokens are refused from now on.")
    int delete(@Mixin ApiOption api, @Parameters(paramLabel = "NAME|ID") String credential) {
        ApiClient client = api.client();
        client.call(
                "DELETE",
                PATH + "/" + id(client, api.namespace(), credential),
                api.namespace(),
                List.of(),
                null);
        return 0;
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description =
                    "Give an app credential a new key and certificate, and print it; the old certificate is good for 12 hours more.")
    int renew(@Mixin ApiOption api, @Parameters(paramLabel = "NAME|ID") String credential) {
        ApiClient client = api.client();
        KeyPair keys = KeyPairs.generate();
        JsonNode renewed =
                client.call(
                                "PATCH",
                                PATH + "/" + id(client, api.namespace(), credential),
                                api.namespace(),
                                List.of(),
                                JSON.createObjectNode().put("CSR", CertificateRequest.create(keys)))
                        .body();
        ObjectNode credentials = renewed.path("credentials").deepCopy();
        credentials.put(
                "certificateKey",
                Base64.getEncoder()
                        .encodeToString(
                                Pem.of(keys.getPrivate()).getBytes(StandardCharsets.UTF_8)));
        Output.print(Output.Format.JSON, credentials);
        return 0;
    }

    private static int patch(ApiOption api, String credential, ObjectNode change) {
        ApiClient client = api.client();
        client.call(
                "PATCH",
                PATH + "/" + id(client, api.namespace(), credential),
                api.namespace(),
                List.of(),
                change);
        return 0;
    }

    private static void put(ObjectNode object, String name, @Nullable List<String> texts) {
        if (texts != null) {
            ArrayNode list = object.putArray(name);
            texts.forEach(list::add);
        }
    }

    private static String id(ApiClient client, String namespace, String nameOrId) {
        if (nameOrId.matches(ID)) {
            return nameOrId;
        }
        String quoted = nameOrId.replace("\\", "\\\\").replace("\"", "\\\"");
        JsonNode found =
                client.call(
                                "GET",
                                PATH,
                                namespace,
                                List.of(new Parameter("q", "name == \"" + quoted + "\"")),
                                null)
                        .body();
        return switch (found.size()) {
            case 1 -> found.path(0).path("ID").asText();
            case 0 ->
                    throw new UserError(
                            3,
                            "There is no app credential named "
                                    + nameOrId
                                    + " in "
                                    + namespace
                                    + ".");
            default ->
                    throw new UserError(
                            "Several app credentials are named "
                                    + nameOrId
                                    + ": say which by its ID.");
        };
    }
}
