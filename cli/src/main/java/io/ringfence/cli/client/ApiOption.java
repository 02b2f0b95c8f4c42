package io.ringfence.cli.client;

import io.ringfence.cli.UserError;
import io.ringfence.cli.stack.StackOption;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Who calls which API: a stack's administrator unless something else is said.
public final class ApiOption {
    @Mixin private StackOption stackOption = new StackOption();

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "${env:APOCTL_NAMESPACE:-/}",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "/";

    @Option(
            names = {"-A", "--api"},
            defaultValue = "${env:APOCTL_API:-}",
            description = "Address of the API (default: the stack's).")
    private String api = "";

    @Option(
            names = {"-t", "--token"},
            defaultValue = "${env:APOCTL_TOKEN:-}",
            description = "A token (default: one for the credential).")
    private String token = "";

    @Option(
            names = "--creds",
            description = "An app credential file (default: the stack's administrator).")
    private @Nullable Path credential;

    @Option(
            names = "--api-cacert",
            description = "Certificate authority of the API, PEM, with --api and --token.")
    private @Nullable Path authority;

    public String namespace() {
        if (!namespace.startsWith("/")) {
            throw new UserError(
                    "A namespace is written from the root, as in /acme/shop; '"
                            + namespace
                            + "' is not.");
        }
        return namespace;
    }

    public ApiClient client() {
        if (!token.isEmpty() && !api.isEmpty()) {
            return new ApiClient(api, TlsContexts.trusting(Pem.certificate(authorityPem())), token);
        }
        Credential read =
                Credential.read(
                        credential != null
                                ? credential
                                : Path.of(stackOption.running().adminCredential()));
        String url = api.isEmpty() ? read.apiUrl() : api;
        return new ApiClient(url, read.tls(), token.isEmpty() ? null : token);
    }

    private String authorityPem() {
        Path file = authority != null ? authority : stackOption.folder().authority();
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UserError(
                    "Cannot read the certificate authority "
                            + file
                            + "; name it with --api-cacert.");
        }
    }
}
