package io.ringfence.enforcer.enroll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.enforcer.console.Answer;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.console.UnexpectedAnswer;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// The enforcer's certificate: asked for with the bootstrap token once, with itself ever after.
/// Every method tries once.
public final class Enrolment {
    private static final String FILE = "identity.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final String namespace;
    private final String fullyQualifiedName;
    private final Path tokenFile;
    private final X509Certificate authority;
    private final StateFolder folder;

    public Enrolment(
            URI api,
            String namespace,
            String fullyQualifiedName,
            Path tokenFile,
            X509Certificate authority,
            StateFolder folder) {
        this.api = api;
        this.namespace = namespace;
        this.fullyQualifiedName = fullyQualifiedName;
        this.tokenFile = tokenFile;
        this.authority = authority;
        this.folder = folder;
    }

    /// What an earlier start enrolled as; its certificate may have expired since.
    public Optional<EnforcerIdentity> stored() throws IOException {
        Optional<String> text = folder.readText(FILE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        JsonNode stored = JSON.readTree(text.get());
        return Optional.of(
                EnforcerIdentity.of(
                        stored.path("consoleID").asText(),
                        new KeyAndCertificate(
                                Pem.privateKey(stored.path("key").asText()),
                                Pem.certificate(stored.path("certificate").asText())),
                        authority));
    }

    /// Uses the bootstrap token up.
    public EnforcerIdentity enroll() throws IOException, InterruptedException {
        if (!Files.isReadable(tokenFile)) {
            throw new UnexpectedAnswer(
                    "this host is not enrolled and there is no bootstrap token in " + tokenFile);
        }
        String token = Files.readString(tokenFile).strip();
        try (Console console = Console.bootstrap(api, namespace, authority, token)) {
            return obtain(console, "the bootstrap token");
        }
    }

    /// A new key and certificate for the same id.
    public EnforcerIdentity renew(EnforcerIdentity current)
            throws IOException, InterruptedException {
        try (Console console = Console.of(api, current)) {
            EnforcerIdentity renewed = obtain(console, "the renewal");
            if (!renewed.subject().equals(current.subject())) {
                throw new UnexpectedAnswer(
                        "the renewed certificate is for " + renewed.subject().commonName());
            }
            return renewed;
        }
    }

    private EnforcerIdentity obtain(Console console, String asked)
            throws IOException, InterruptedException {
        KeyPair keys = KeyPairs.generate();
        ObjectNode request = Console.object();
        request.put("certificateRequest", CertificateRequest.create(keys));
        request.put("FQDN", fullyQualifiedName);
        Answer answer = console.post("/enforcercertificates", request).orThrow(asked);
        X509Certificate certificate = checked(answer.text("certificate"), keys);
        EnforcerIdentity identity =
                EnforcerIdentity.of(
                        answer.text("consoleID"),
                        new KeyAndCertificate(keys.getPrivate(), certificate),
                        authority);
        store(identity);
        return identity;
    }

    private X509Certificate checked(String pem, KeyPair keys) throws UnexpectedAnswer {
        X509Certificate certificate = Pem.certificate(pem);
        byte[] der;
        try {
            der = certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate without an encoding", e);
        }
        // Its time is not checked: a host whose clock is wrong can still enroll.
        CertificateCheck check =
                new TrustedCertificates(authority)
                        .verify(der, certificate.getNotBefore().toInstant());
        return switch (check) {
            case CertificateCheck.Untrusted(String reason) ->
                    throw new UnexpectedAnswer("the console sent a certificate that is " + reason);
            case CertificateCheck.Trusted _
                    when !certificate.getPublicKey().equals(keys.getPublic()) ->
                    throw new UnexpectedAnswer("the console certified another key than ours");
            case CertificateCheck.Trusted(X509Certificate trusted) -> trusted;
        };
    }

    private void store(EnforcerIdentity identity) throws IOException {
        ObjectNode stored = Console.object();
        stored.put("consoleID", identity.consoleId());
        stored.put("certificate", identity.credential().certificatePem());
        stored.put("key", identity.credential().keyPem());
        folder.writeText(FILE, stored.toString());
    }
}
