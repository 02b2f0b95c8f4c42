package io.ringfence.cli.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringfence auth …`.
@Command(
        name = "auth",
        mixinStandardHelpOptions = true,
        description = "Get and check tokens.",
        subcommandsRepeatable = false)
public final class AuthCommands {
    @Command(
            name = "token",
            aliases = "appcred",
            mixinStandardHelpOptions = true,
            description = "Print a bearer token for the credential.")
    int token(
            @Mixin ApiOption api,
            @Option(
                            names = "--validity",
                            defaultValue = "24h",
                            description = "How long it is valid (default: ${DEFAULT-VALUE}).")
                    String validity,
            @Option(
                            names = "--restrict-namespace",
                            defaultValue = "",
                            description = "Valid in this namespace and below only.")
                    String namespace,
            @Option(
                            names = "--restrict-role",
                            description = "Grants at most these roles or permissions.")
                    List<String> roles,
            @Option(names = "--restrict-network", description = "Valid from these networks only.")
                    List<String> networks,
            @Option(
                            names = "--quota",
                            defaultValue = "0",
                            description = "How often it may be used (0: any number).")
                    int quota) {
        ApiClient client = api.client();
        ObjectNode request = new ObjectMapper().createObjectNode();
        boolean narrower = !namespace.isEmpty() || roles != null || networks != null || quota > 0;
        if (narrower) {
            request.put("realm", "AporetoIdentityToken");
            request.putObject("metadata").put("token", client.token());
        } else {
            request.put("realm", "Certificate");
        }
        request.put("validity", validity).put("quota", quota);
        if (!namespace.isEmpty()) {
            request.put("restrictedNamespace", namespace);
        }
        if (roles != null) {
            roles.forEach(request.putArray("restrictedPermissions")::add);
        }
        if (networks != null) {
            networks.forEach(request.putArray("restrictedNetworks")::add);
        }
        System.out.println(client.issue(request));
        return 0;
    }

    @Command(
            name = "vince",
            mixinStandardHelpOptions = true,
            description =
                    "Print a bearer token for a local account; asks for the password, or reads it from standard input.")
    int vince(
            @Mixin ApiOption api,
            @Option(names = "--account", required = true, description = "The account's name.")
                    String account,
            @Option(
                            names = "--validity",
                            defaultValue = "24h",
                            description = "How long it is valid (default: ${DEFAULT-VALUE}).")
                    String validity) {
        ObjectNode request =
                new ObjectMapper()
                        .createObjectNode()
                        .put("realm", "Vince")
                        .put("validity", validity);
        request.putObject("metadata")
                .put("vinceAccount", account)
                .put("vincePassword", password(account));
        System.out.println(api.client().issue(request));
        return 0;
    }

    /// Never an argument: other processes see those.
    private static String password(String account) {
        Console terminal = System.console();
        if (terminal != null && terminal.isTerminal()) {
            char[] typed = terminal.readPassword("Password of %s: ", account);
            return typed == null ? "" : new String(typed);
        }
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            return line == null ? "" : line;
        } catch (IOException unreadable) {
            throw new UserError("Cannot read the password from standard input.");
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Show what the API reads in the token.")
    int verify(@Mixin ApiOption api, @Mixin OutputOption output) {
        ApiClient client = api.client();
        ObjectNode request = new ObjectMapper().createObjectNode().put("token", client.token());
        Output.print(
                Output.Format.JSON,
                client.call("POST", "/authn", api.namespace(), List.of(), request).body());
        return 0;
    }
}
