package io.ringfence.policy.receipt;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyReceipt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The newest receipt of each enforcer, as the topic tells. Written by the thread that reads it,
/// read by everybody.
@ApplicationScoped
public class EnforcerReceipts {
    private final Map<String, EnforcerReceipt> newest = new ConcurrentHashMap<>();

    public Optional<EnforcerReceipt> of(String enforcerId) {
        return Optional.ofNullable(newest.get(enforcerId));
    }

    /// Answers whether it is news.
    public boolean heard(EnforcerReceipt receipt) {
        if (!isNews(receipt.getEnforcerId(), receipt.getReceipt())) {
            return false;
        }
        newest.put(receipt.getEnforcerId(), receipt);
        return true;
    }

    /// When the policy was acknowledged first; empty if this is the first time. What is said of
    /// directories later is no news of the policy.
    Optional<Long> firstReceivedAtMillis(String enforcerId, PolicyReceipt receipt) {
        return of(enforcerId)
                .filter(known -> known.getReceipt().getError().isEmpty())
                .filter(known -> isAboutTheSamePolicy(known.getReceipt(), receipt))
                .map(EnforcerReceipt::getReceivedAtMs);
    }

    public void gone(String enforcerId) {
        newest.remove(enforcerId);
    }

    /// Receipts of one stream come in order, but one that was still on its way when the enforcer
    /// connected elsewhere may come late: it is known by its version, since an enforcer never goes
    /// back. What a hello says it holds counts whatever its version; saying the same again keeps
    /// the time when it was said first.
    public boolean isNews(String enforcerId, PolicyReceipt receipt) {
        EnforcerReceipt known = newest.get(enforcerId);
        if (known == null) {
            return true;
        }
        PolicyReceipt before = known.getReceipt();
        boolean isOlder =
                Long.compareUnsigned(receipt.getVersion(), before.getVersion()) < 0
                        || receipt.getVersion() == before.getVersion()
                                && isReadWithOlderThan(receipt, before);
        return !saysTheSame(receipt, before) && (receipt.getHeld() || !isOlder);
    }

    private static boolean saysTheSame(PolicyReceipt one, PolicyReceipt other) {
        return isAboutTheSamePolicy(one, other)
                && one.getError().equals(other.getError())
                && digests(one).equals(digests(other));
    }

    private static boolean isAboutTheSamePolicy(PolicyReceipt one, PolicyReceipt other) {
        return one.getVersion() == other.getVersion() && one.getDigest().equals(other.getDigest());
    }

    private static boolean isReadWithOlderThan(PolicyReceipt one, PolicyReceipt other) {
        Map<String, Long> since = new HashMap<>();
        other.getDirectoriesList().forEach(held -> since.put(held.getTenant(), held.getSinceMs()));
        return one.getDirectoriesList().stream()
                .anyMatch(held ->
                        held.getSinceMs() < since.getOrDefault(held.getTenant(), Long.MIN_VALUE));
    }

    private static Map<String, ByteString> digests(PolicyReceipt receipt) {
        Map<String, ByteString> digests = new HashMap<>();
        receipt.getDirectoriesList()
                .forEach(held -> digests.put(held.getTenant(), held.getDigest()));
        return digests;
    }
}
