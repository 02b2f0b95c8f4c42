package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enforces in the network namespace of the calling thread, through nftables.
public final class NftablesDataplane implements Dataplane {
    /// Where flow starts are logged. Groups belong to a network namespace, so every enforcer uses
    /// the same.
    public static final int LOG_GROUP = 0x5246;

    /// Where queries to the host's resolvers are logged while a policy has domain entries.
    public static final int DNS_LOG_GROUP = LOG_GROUP + 1;

    /// Where the answers to them wait meanwhile.
    public static final int DNS_QUEUE = LOG_GROUP;

    /// Connections are marked with the number of the policy that judged them. Old marks are cleared
    /// for many numbers in one walk, long before these come around again.
    static final int FREED_AT_ONCE = 64;

    private static final Logger LOG = LoggerFactory.getLogger(NftablesDataplane.class);

    private final Generations generations;
    private final Transactions transactions = new Transactions();
    private final OpenConnections connections = new OpenConnections();
    private @Nullable KernelTable known;

    /// How many generation numbers from the next one on no connection's mark has any more.
    private int freeNumbers;

    /// @param generations learns which policy each generation number stands for; share it with the
    ///   observer
    public NftablesDataplane(Generations generations) {
        this.generations = generations;
    }

    @Override
    public synchronized boolean adopt(PolicySnapshot policy) throws DataplaneException {
        Optional<KernelTable> table = KernelTable.read();
        if (table.isEmpty() || !table.get().digest().equals(digest(policy))) {
            return false;
        }
        generations.remember(table.get().generation(), policy);
        return true;
    }

    @Override
    public synchronized Applied apply(PolicySnapshot policy, Bypass bypass)
            throws DataplaneException {
        KernelTable remembered = known;
        if (remembered != null) {
            try {
                return replace(remembered, policy, bypass, false);
            } catch (DataplaneException refused) {
                known = null;
            }
        }
        KernelTable found = KernelTable.read().orElseGet(KernelTable::unborn);
        try {
            return replace(found, policy, bypass, true);
        } catch (DataplaneException refused) {
            // Somebody else may have tied what is to go to what is to stay.
            return replace(found.givenUp(), policy, bypass, true);
        }
    }

    private Applied replace(
            KernelTable previous, PolicySnapshot policy, Bypass bypass, boolean marksUnknown)
            throws DataplaneException {
        boolean holdsAnswers = policy.getNetworksCount() > 0;
        if (holdsAnswers && (marksUnknown || !previous.holdsAnswers())) {
            AnswerHold.prepare();
        }
        KernelTable next = previous.successor(digest(policy), holdsAnswers);
        int generation = next.generation();
        RulesetText ruleset = RulesetText.render(previous, next, policy, bypass);
        try {
            if (marksUnknown || freeNumbers == 0) {
                freeNumbers(generation);
            }
            generations.remember(generation, policy);
            commit(ruleset, "policy");
            freeNumbers--;
        } catch (IOException failed) {
            throw new DataplaneException("the kernel's connections cannot be read", failed);
        }
        boolean changed = previous.generation() == 0 || !previous.digest().equals(next.digest());
        int cut = cutRejected(policy, bypass);
        if (freeNumbers == 0) {
            freeNumbersAhead(generation);
        }
        return new Applied(generation, changed, cut);
    }

    private void freeNumbers(int first) throws IOException {
        try {
            connections.forget(first, FREED_AT_ONCE);
            freeNumbers = FREED_AT_ONCE;
        } catch (IOException failed) {
            connections.close();
            throw failed;
        }
    }

    /// While nobody waits for it; what fails is done when it is needed.
    private void freeNumbersAhead(int generation) {
        try {
            freeNumbers(Generations.after(generation));
        } catch (IOException failed) {
            LOG.debug("marks of old connections could not be cleared yet", failed);
        }
    }

    @Override
    public synchronized void adjust(PolicySnapshot policy) throws DataplaneException {
        KernelTable current = known;
        PolicySnapshot before =
                current == null ? null : generations.policyOf(current.generation()).orElse(null);
        if (current == null || before == null) {
            throw new DataplaneException("no policy was enforced yet that could be adjusted");
        }
        RulesetText classes = RulesetText.extend(current, before, policy);
        RulesetText addresses = RulesetText.move(classes.applied(), before, policy);
        generations.remember(current.generation(), policy);
        known = null;
        commit(classes, "new classes");
        commit(addresses, "adjustment");
    }

    private void commit(RulesetText ruleset, String what) throws DataplaneException {
        if (!ruleset.isEmpty()) {
            Nft.Answer answer = transactions.apply(ruleset.toString());
            if (!answer.succeeded()) {
                throw new DataplaneException("nft refused the " + what + ": " + answer.reason());
            }
        }
        known = ruleset.applied();
    }

    /// The rules are in force already and refuse the next packet, so a failure here does not undo
    /// them.
    private int cutRejected(PolicySnapshot policy, Bypass bypass) {
        try {
            return connections.cutRejected(policy, bypass);
        } catch (IOException failed) {
            connections.close();
            LOG.error("open connections that only wait could not be cut", failed);
            return 0;
        }
    }

    private static String digest(PolicySnapshot policy) {
        return HexFormat.of().formatHex(policy.getDigest().toByteArray());
    }

    @Override
    public synchronized Counters readCounters() throws DataplaneException {
        KernelTable table =
                known != null ? known : KernelTable.read().orElseGet(KernelTable::unborn);
        Map<Counter, Long> counts =
                KernelTable.readCounters()
                        .orElseThrow(() -> new DataplaneException("there is no table yet"));
        return Counters.of(table.tableId(), counts);
    }

    @Override
    public synchronized void remove() throws DataplaneException {
        known = null;
        Nft.Answer answer =
                Nft.apply(
                        "add table "
                                + KernelTable.NAME
                                + "\ndelete table "
                                + KernelTable.NAME
                                + "\n");
        if (!answer.succeeded()) {
            throw new DataplaneException(
                    "nft cannot remove table " + KernelTable.NAME + ": " + answer.reason());
        }
    }

    @Override
    public synchronized void close() {
        transactions.close();
        connections.close();
    }
}
