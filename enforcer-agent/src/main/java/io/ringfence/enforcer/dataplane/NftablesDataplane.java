package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    private @Nullable Enforced known;

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
        if (table.isEmpty()
                || table.get().smallChanges() > 0
                || !table.get().digest().equals(KernelTable.digest(policy))) {
            return false;
        }
        generations.remember(table.get().generation(), policy);
        return true;
    }

    @Override
    public synchronized Applied apply(PolicySnapshot policy, Bypass bypass)
            throws DataplaneException {
        Enforced before = known;
        if (before != null) {
            try {
                Optional<PolicyStep> step =
                        transactions.settles() ? before.stepTo(policy, bypass) : Optional.empty();
                return step.isPresent()
                        ? step(before, step.get(), policy)
                        : replace(before.table(), policy, bypass, false);
            } catch (DataplaneException refused) {
                LOG.info("the kernel is read again: {}", refused.getMessage());
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
        boolean holdsAnswers = KernelTable.holdsAnswers(policy);
        if (holdsAnswers && (marksUnknown || !previous.holdsAnswers())) {
            AnswerHold.prepare();
        }
        KernelTable next = previous.successor(KernelTable.digest(policy), holdsAnswers);
        RulesetText ruleset = RulesetText.render(previous, next, policy, bypass);
        takeNumber(next.generation(), marksUnknown);
        generations.remember(next.names().structure(), policy);
        commit(ruleset, "policy");
        known = new Enforced(ruleset.applied(), policy, bypass);
        boolean changed = previous.generation() == 0 || !previous.digest().equals(next.digest());
        return applied(next.generation(), changed, policy, bypass);
    }

    private Applied step(Enforced before, PolicyStep step, PolicySnapshot policy)
            throws DataplaneException {
        KernelTable current = before.table();
        int generation = Generations.after(current.generation());
        takeNumber(generation, false);
        known =
                stepped(
                        before,
                        step,
                        StepText.judging(step),
                        table -> table.judgingBy(KernelTable.digest(policy)),
                        "small change");
        return applied(generation, true, policy, before.bypass());
    }

    @Override
    public synchronized void adjust(PolicySnapshot policy) throws DataplaneException {
        Enforced before = known;
        if (before == null) {
            throw new DataplaneException("no policy was enforced yet that could be adjusted");
        }
        if (before.form().getProcessingUnitsCount() != 1 || policy.getProcessingUnitsCount() != 1) {
            return;
        }
        PolicyStep step = PolicyStep.between(before.form(), policy);
        if (!step.isSmall()) {
            throw new DataplaneException("more is different than an adjustment can change");
        }
        known = null;
        known =
                stepped(
                        before,
                        step,
                        StepText.adjusting(step),
                        UnaryOperator.identity(),
                        "adjustment");
    }

    /// @param judging says which generation the chains are to be
    private Enforced stepped(
            Enforced before,
            PolicyStep step,
            StepText text,
            UnaryOperator<KernelTable> judging,
            String what)
            throws DataplaneException {
        KernelTable current = before.table();
        RulesetText chains = text.chains(current);
        generations.remember(current.names().structure(), step.policy());
        commit(chains, what);
        KernelTable grown = chains.applied();
        RulesetText change = text.change(grown, judging.apply(grown));
        commit(change, what);
        return new Enforced(change.applied(), step.policy(), before.bypass());
    }

    private void commit(RulesetText ruleset, String what) throws DataplaneException {
        if (!ruleset.isEmpty()) {
            Nft.Answer answer = transactions.apply(ruleset.toString());
            if (!answer.succeeded()) {
                throw new DataplaneException("nft refused the " + what + ": " + answer.reason());
            }
        }
    }

    private Applied applied(int generation, boolean changed, PolicySnapshot policy, Bypass bypass) {
        int cut = cutRejected(policy, bypass);
        if (freeNumbers == 0) {
            freeNumbersAhead(generation);
        }
        return new Applied(generation, changed, cut);
    }

    /// No connection may bear the number before the policy that it is to stand for is enforced.
    private void takeNumber(int generation, boolean marksUnknown) throws DataplaneException {
        if (marksUnknown || freeNumbers == 0) {
            try {
                freeNumbers(generation);
            } catch (IOException failed) {
                throw new DataplaneException("the kernel's connections cannot be read", failed);
            }
        }
        freeNumbers--;
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

    @Override
    public synchronized Counters readCounters() throws DataplaneException {
        Enforced enforced = known;
        KernelTable table =
                enforced != null
                        ? enforced.table()
                        : KernelTable.read().orElseGet(KernelTable::unborn);
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
