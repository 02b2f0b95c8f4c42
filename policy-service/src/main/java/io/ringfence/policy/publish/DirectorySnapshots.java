package io.ringfence.policy.publish;

import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.trust.certificate.KeyAndCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Whole directories, signed when somebody asks.
@ApplicationScoped
public class DirectorySnapshots {
    private final PolicySigner signer;
    private final String consoleId;
    private final CurrentDirectories directories;
    private final Clock clock;

    DirectorySnapshots(
            TrustConfig trust,
            @ConfigProperty(name = "ringfence.console-id") String consoleId,
            CurrentDirectories directories,
            Clock clock) {
        this.signer = new PolicySigner(KeyAndCertificate.read(trust.certificate(), trust.key()));
        this.consoleId = consoleId;
        this.directories = directories;
        this.clock = clock;
    }

    /// A tenant in which nobody owns anything has an empty one.
    public SignedDirectory of(String tenant) {
        CurrentDirectories.Edition edition =
                directories
                        .of(tenant)
                        .orElseGet(() -> {
                            long now = clock.millis();
                            return new CurrentDirectories.Edition(TenantDirectory.EMPTY, now, now);
                        });
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
