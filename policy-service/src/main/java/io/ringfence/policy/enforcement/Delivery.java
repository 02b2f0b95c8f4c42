package io.ringfence.policy.enforcement;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.CurrentPolicies.Edition;
import io.ringfence.policy.receipt.EnforcerReceipts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of the policies that stand when it is made: each enforcer has to acknowledge the
/// one that stood then, or any that stood since, read with such directories, so that steady change
/// does not put off the answer for ever. For one caller at a time.
final class Delivery {
    private final CurrentPolicies policies;
    private final CurrentDirectories directories;
    private final EnforcerReceipts receipts;
    private final Map<ConcernedEnforcer, Standing> standings = new LinkedHashMap<>();
    private final Map<String, Map<ByteString, Edition>> good = new HashMap<>();
    private final Map<String, Long> directoryVersions = new HashMap<>();
    private final Map<String, Set<ByteString>> directoryDigests = new HashMap<>();

    Delivery(
            List<ConcernedEnforcer> enforcers,
            CurrentPolicies policies,
            CurrentDirectories directories,
            EnforcerReceipts receipts) {
        this.policies = policies;
        this.directories = directories;
        this.receipts = receipts;
        enforcers.forEach(each -> standings.put(each, new Standing.Pending(0)));
    }

    /// Looks at what has changed. True once nothing more is expected of anybody.
    boolean look() {
        boolean isSettled = true;
        for (Map.Entry<ConcernedEnforcer, Standing> each : standings.entrySet()) {
            if (!(each.getValue() instanceof Standing.Enforced)) {
                Standing now = standing(each.getKey());
                each.setValue(now);
                isSettled &= !(now instanceof Standing.Pending);
            }
        }
        return isSettled;
    }

    Map<ConcernedEnforcer, Standing> standings() {
        return standings;
    }

    private Standing standing(ConcernedEnforcer enforcer) {
        Map<ByteString, Edition> editions =
                good.computeIfAbsent(enforcer.id(), _ -> new HashMap<>());
        Optional<Edition> newest = policies.edition(enforcer.id());
        newest.ifPresent(edition -> {
            editions.merge(
                    edition.digest(), edition, (before, now) -> before.isNumbered() ? before : now);
            edition.tenants().forEach(this::noteDirectory);
        });
        Optional<EnforcerReceipt> known = receipts.of(enforcer.id());
        if (known.isPresent()) {
            PolicyReceipt receipt = known.get().getReceipt();
            Edition meant = editions.get(receipt.getDigest());
            if (meant != null && !receipt.getError().isEmpty()) {
                return new Standing.Refused(receipt.getVersion(), receipt.getError());
            }
            if (meant != null && isReadWithWhatStood(meant, receipt)) {
                return new Standing.Enforced(delivery(known.get(), meant));
            }
        }
        long version = newest.map(Edition::version).orElse(0L);
        return enforcer.isUnreachable()
                ? new Standing.Unreachable(version)
                : new Standing.Pending(version);
    }

    /// The directories of the policy's tenants, as they stood when they were looked at first, or as
    /// they have stood since.
    private boolean isReadWithWhatStood(Edition policy, PolicyReceipt receipt) {
        Map<String, HeldDirectory> held = new HashMap<>();
        receipt.getDirectoriesList()
                .forEach(directory -> held.put(directory.getTenant(), directory));
        return policy.tenants().stream().allMatch(tenant -> stands(tenant, held.get(tenant)));
    }

    private boolean stands(String tenant, @Nullable HeldDirectory held) {
        Long version = directoryVersions.get(tenant);
        if (version == null) {
            return true;
        }
        return held != null
                && (Long.compareUnsigned(held.getVersion(), version) >= 0
                        || directoryDigests
                                .getOrDefault(tenant, Set.of())
                                .contains(held.getDigest()));
    }

    private void noteDirectory(String tenant) {
        directories
                .of(tenant)
                .ifPresent(edition -> {
                    directoryVersions.putIfAbsent(tenant, edition.version());
                    directoryDigests
                            .computeIfAbsent(tenant, _ -> new HashSet<>())
                            .add(edition.digest());
                });
    }

    private static Optional<Duration> delivery(EnforcerReceipt receipt, Edition edition) {
        return receipt.getReceipt().getHeld() || !edition.isNumbered()
                ? Optional.empty()
                : Optional.of(
                        Duration.ofMillis(
                                Math.max(
                                        0,
                                        receipt.getReceivedAtMs() - edition.compiledAtMillis())));
    }
}
