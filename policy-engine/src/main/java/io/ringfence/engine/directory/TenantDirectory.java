package io.ringfence.engine.directory;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.engine.ProcessingUnit;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The owners of a tenant's addresses at one moment. Never changes; what has changed is another one
/// that shares the rest. Its digest costs by the change, not by the size.
public final class TenantDirectory {
    private static final int DIGEST_BYTES = 32;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * DIGEST_BYTES);

    /// Nobody owns anything.
    public static final TenantDirectory EMPTY =
            new TenantDirectory(HashTreePMap.empty(), BigInteger.ZERO);

    private final PMap<Prefix, PeerOwner> owners;
    private final BigInteger sum;

    private TenantDirectory(PMap<Prefix, PeerOwner> owners, BigInteger sum) {
        this.owners = owners;
        this.sum = sum;
    }

    /// What the address says of its owner.
    public static PeerOwner entry(Prefix address, ProcessingUnit owner) {
        return PeerOwner.newBuilder()
                .setAddress(ByteString.copyFrom(address.bytes()))
                .setProcessingUnitId(owner.id())
                .setNamespace(owner.namespace())
                .setEnforced(!owner.enforcerId().isEmpty())
                .build();
    }

    /// All that a message says, whatever its digest.
    ///
    /// @throws IllegalArgumentException if an address has neither 4 nor 16 bytes
    public static TenantDirectory of(Collection<PeerOwner> owners) {
        TenantDirectory directory = EMPTY;
        for (PeerOwner owner : owners) {
            directory = directory.with(owner);
        }
        return directory;
    }

    public TenantDirectory with(PeerOwner owner) {
        Prefix address = address(owner.getAddress());
        PeerOwner before = owners.get(address);
        return owner.equals(before)
                ? this
                : new TenantDirectory(
                        owners.plus(address, owner), sum(sum.subtract(hash(before)), owner));
    }

    public TenantDirectory without(Prefix address) {
        PeerOwner before = owners.get(address);
        return before == null
                ? this
                : new TenantDirectory(owners.minus(address), sum(sum.subtract(hash(before)), null));
    }

    /// What this becomes by a message, a change or all of it. Empty if the message is about another
    /// directory than this, or does not lead where it says.
    ///
    /// @throws IllegalArgumentException if an address has neither 4 nor 16 bytes
    public Optional<TenantDirectory> after(PeerDirectory message) {
        boolean isChange = !message.getBaseDigest().isEmpty();
        if (isChange && !message.getBaseDigest().equals(digest())) {
            return Optional.empty();
        }
        TenantDirectory next = isChange ? this : EMPTY;
        for (ByteString removed : message.getRemovedList()) {
            next = next.without(address(removed));
        }
        for (PeerOwner owner : message.getOwnersList()) {
            next = next.with(owner);
        }
        return next.digest().equals(message.getDigest()) ? Optional.of(next) : Optional.empty();
    }

    /// How this came of an earlier one, without console, tenant, version and time.
    ///
    /// @param addresses those that may have changed
    public PeerDirectory.Builder since(TenantDirectory earlier, Collection<Prefix> addresses) {
        PeerDirectory.Builder change =
                PeerDirectory.newBuilder().setBaseDigest(earlier.digest()).setDigest(digest());
        for (Prefix address : addresses) {
            PeerOwner now = owners.get(address);
            PeerOwner before = earlier.owners.get(address);
            if (now == null && before != null) {
                change.addRemoved(before.getAddress());
            } else if (now != null && !now.equals(before)) {
                change.addOwners(now);
            }
        }
        return change;
    }

    /// All of it, without console, tenant, version and time.
    public PeerDirectory.Builder whole() {
        List<Prefix> inOrder = new ArrayList<>(owners.keySet());
        inOrder.sort(null);
        PeerDirectory.Builder whole = PeerDirectory.newBuilder().setDigest(digest());
        inOrder.forEach(address -> whole.addOwners(owners.get(address)));
        return whole;
    }

    public boolean isEmpty() {
        return owners.isEmpty();
    }

    /// In any order.
    public void forEach(BiConsumer<Prefix, PeerOwner> visitor) {
        owners.forEach(visitor);
    }

    /// What somebody owns.
    public Set<Prefix> addresses() {
        return owners.keySet();
    }

    /// 32 bytes, as `PeerDirectory.digest` says.
    public ByteString digest() {
        byte[] digest = new byte[DIGEST_BYTES];
        byte[] bytes = sum.toByteArray();
        int length = Math.min(bytes.length, DIGEST_BYTES);
        System.arraycopy(bytes, bytes.length - length, digest, DIGEST_BYTES - length, length);
        return ByteString.copyFrom(digest);
    }

    private static BigInteger sum(BigInteger sum, @Nullable PeerOwner more) {
        return sum.add(hash(more)).mod(MODULUS);
    }

    private static BigInteger hash(@Nullable PeerOwner owner) {
        if (owner == null) {
            return BigInteger.ZERO;
        }
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("SHA-256").digest(owner.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Prefix address(ByteString bytes) {
        return Prefix.ofBytes(bytes.toByteArray(), 8 * bytes.size());
    }
}
