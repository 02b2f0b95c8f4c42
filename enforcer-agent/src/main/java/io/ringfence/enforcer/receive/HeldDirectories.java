package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.engine.directory.TenantDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The directories this enforcer holds, and from time to time the same on disk: what is on disk may
/// be older, never broken, and the gateway leads on from there. For one thread at a time.
final class HeldDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(HeldDirectories.class);
    private static final String FILE = "directories";

    /// Several instances of policy-service number by their own clocks.
    private static final long CLOCKS_APART_MILLIS = 60_000;

    private final PolicyVerifier verifier;
    private final StateFolder folder;
    private final Map<String, Held> byTenant = new TreeMap<>();
    private boolean isKept = true;

    /// @param newest the highest version there ever was: going back a little does not lead further
    ///   back
    private record Held(TenantDirectory directory, long version, long newest, long sinceMillis) {}

    HeldDirectories(PolicyVerifier verifier, StateFolder folder) {
        this.verifier = verifier;
        this.folder = folder;
    }

    /// Those of an earlier start, as far as they can be read.
    void restore(long nowMillis) throws IOException {
        Optional<byte[]> bytes = folder.read(FILE);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes.get());
            for (PeerDirectory kept = PeerDirectory.parseDelimitedFrom(in);
                    kept != null;
                    kept = PeerDirectory.parseDelimitedFrom(in)) {
                take(kept, nowMillis);
            }
        } catch (InvalidProtocolBufferException | GapException | IllegalArgumentException damaged) {
            LOG.warn("the kept directories are not used: {}", damaged.getMessage());
            byTenant.clear();
        }
    }

    /// @throws GapException if it is not to be believed or does not lead on from what is held: then
    ///   all of it is needed again
    void take(SignedDirectory signed, long nowMillis) throws GapException {
        switch (verifier.verify(signed)) {
            case PolicyVerifier.DirectoryCheck.Genuine(PeerDirectory message) ->
                    take(message, nowMillis);
            case PolicyVerifier.DirectoryCheck.Refused(String reason) ->
                    throw new GapException("refused a directory: " + reason);
        }
    }

    private void take(PeerDirectory message, long nowMillis) throws GapException {
        Held before = byTenant.get(message.getTenant());
        if (before != null && message.getVersion() < before.newest - CLOCKS_APART_MILLIS) {
            throw new GapException(
                    "directory version %d of tenant '%s' is older than %d, held"
                            .formatted(message.getVersion(), message.getTenant(), before.newest));
        }
        TenantDirectory directory =
                (before == null ? TenantDirectory.EMPTY : before.directory)
                        .after(message)
                        .orElseThrow(() ->
                                new GapException(
                                        "directory version %d of tenant '%s' does not follow"
                                                .formatted(
                                                        message.getVersion(),
                                                        message.getTenant())));
        long newest =
                before == null
                        ? message.getVersion()
                        : Math.max(before.newest, message.getVersion());
        byTenant.put(
                message.getTenant(), new Held(directory, message.getVersion(), newest, nowMillis));
        isKept = false;
    }

    boolean cover(Collection<String> tenants) {
        return byTenant.keySet().containsAll(tenants);
    }

    void retain(Collection<String> tenants) {
        if (byTenant.keySet().retainAll(tenants)) {
            isKept = false;
        }
    }

    Map<String, TenantDirectory> byTenant() {
        Map<String, TenantDirectory> directories = new HashMap<>();
        byTenant.forEach((tenant, held) -> directories.put(tenant, held.directory));
        return directories;
    }

    /// In order of tenant.
    List<HeldDirectory> asHeld() {
        return byTenant.entrySet().stream()
                .map(each ->
                        HeldDirectory.newBuilder()
                                .setTenant(each.getKey())
                                .setVersion(each.getValue().version)
                                .setDigest(each.getValue().directory.digest())
                                .setSinceMs(each.getValue().sinceMillis)
                                .build())
                .toList();
    }

    /// Writes them for the next start, if that is not done yet.
    void keep() throws IOException {
        if (isKept) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<String, Held> each : byTenant.entrySet()) {
            each.getValue()
                    .directory
                    .whole()
                    .setTenant(each.getKey())
                    .setVersion(each.getValue().newest)
                    .build()
                    .writeDelimitedTo(out);
        }
        folder.write(FILE, out.toByteArray());
        isKept = true;
    }
}
