package io.ringfence.embedded.init;

import io.ringfence.embedded.postgres.DatabaseRole;
import io.ringfence.embedded.process.Settings;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An installation on one machine, made and ready to be started.
///
/// @param advertised the addresses it is reached by from outside; the first is what enforcers are
///   told
/// @param administratorId of the administrator's app credential
/// @param administratorFingerprint of its certificate, SHA-256, hexadecimal
public record Installation(
        DataFolder folder,
        Ports ports,
        List<String> advertised,
        String consoleId,
        String administratorId,
        String administratorFingerprint,
        Map<String, String> postgresPasswords) {
    private static final int CONSOLE_ID_DIGITS = 32;
    private static final int PASSWORD_DIGITS = 40;
    private static final String LOOPBACK = "127.0.0.1";

    public Installation {
        advertised = List.copyOf(advertised);
        postgresPasswords = Map.copyOf(postgresPasswords);
    }

    /// Makes what is missing below the folder, keeps what is there, and writes every process's
    /// configuration anew. May be interrupted at any moment and run again.
    ///
    /// @param advertised addresses or names; none: this machine only
    public static Installation create(Path dataFolder, Ports ports, Collection<String> advertised) {
        DataFolder folder = new DataFolder(dataFolder);
        folder.prepare();
        Clock clock = Clock.systemUTC();
        List<String> reachedBy = advertised.isEmpty() ? List.of(LOOPBACK) : List.copyOf(advertised);
        CertificateAuthority authority = authority(folder, clock);
        new ProcessCertificates(folder, authority, clock).ensure(reachedBy);
        ensureTokenKey(folder);
        AdministratorCredential administrator =
                AdministratorCredential.ensure(
                        folder.administratorCredential(),
                        "https://" + LOOPBACK + ":" + ports.apiTls(),
                        authority);
        Installation installation =
                new Installation(
                        folder,
                        ports,
                        reachedBy,
                        consoleId(folder),
                        administrator.id(),
                        administrator.fingerprint(),
                        passwords(folder));
        ServiceConfiguration.write(installation);
        return installation;
    }

    /// The key goes first: an authority whose certificate is there has its key beside it.
    private static CertificateAuthority authority(DataFolder folder, Clock clock) {
        if (Files.exists(folder.authority())) {
            return CertificateAuthority.load(folder.authority(), folder.authorityKey(), clock);
        }
        CertificateAuthority authority = CertificateAuthority.create("Ringfence console", clock);
        authority.write(folder.authority(), folder.authorityKey());
        return authority;
    }

    private static void ensureTokenKey(DataFolder folder) {
        if (Files.exists(folder.jwks())) {
            return;
        }
        KeyPair keys = KeyPairs.generate();
        Pem.writeSecret(folder.tokenKey(), Pem.of(keys.getPrivate()));
        Pem.write(folder.jwks(), JwksDocument.of((ECPublicKey) keys.getPublic()).toJson());
    }

    private static String consoleId(DataFolder folder) {
        if (!Files.exists(folder.consoleId())) {
            Pem.write(folder.consoleId(), Secrets.hexadecimal(CONSOLE_ID_DIGITS) + "\n");
        }
        try {
            return Files.readString(folder.consoleId()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.consoleId(), e);
        }
    }

    private static Map<String, String> passwords(DataFolder folder) {
        Path file = folder.postgresPasswords();
        Map<String, String> known =
                new TreeMap<>(Files.exists(file) ? Settings.read(file).values() : Map.of());
        int before = known.size();
        for (String role : DatabaseRole.withPasswords()) {
            known.computeIfAbsent(role, _ -> Secrets.hexadecimal(PASSWORD_DIGITS));
        }
        if (known.size() > before) {
            Pem.writeSecret(file, new Settings(known).toText());
        }
        return known;
    }

    /// Never shows a password.
    @Override
    public String toString() {
        return "Installation[" + folder.path() + ", " + ports + "]";
    }
}
