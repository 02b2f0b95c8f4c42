package io.ringfence.policy.publish;

import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.trust.certificate.KeyAndCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Whole directories, signed when somebody asks.
@ApplicationScoped
public class DirectorySnapshots {
    private final PolicySigner signer;
    private final String consoleId;
    private final CurrentDirectories directories;

    DirectorySnapshots(
            TrustConfig trust,
            @ConfigProperty(name = "ringfence.console-id") String consoleId,
            CurrentDirectories directories) {
        this.signer = new PolicySigner(KeyAndCertificate.read(trust.certificate(), trust.key()));
        this.consoleId = consoleId;
        this.directories = directories;
    }

    /// A tenant in which nobody owns anything has an empty one. Empty as long as that cannot be
    /// told.
    public Optional<SignedDirectory> of(String tenant) {
        OptionalLong since = directories.completeSinceMillis();
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        sign(
                                tenant,
                                directories
                                        .of(tenant)
                                        .orElseGet(() ->
                                                new CurrentDirectories.Edition(
                                                        TenantDirectory.EMPTY,
                                                        since.getAsLong(),
                                                        since.getAsLong()))));
    }

    private SignedDirectory sign(String tenant, CurrentDirectories.Edition edition) {
        PeerDirectory whole =
                edition.directory()
                        .whole()
                        .setConsoleId(consoleId)
                        .setTenant(tenant)
                        .setVersion(edition.version())
                        .setCompiledAtMs(edition.compiledAtMillis())
                        .build();
        return signer.sign(whole);
    }
}
