package io.ringfence.policy.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.contracts.policy.PolicyReceipt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// The newest receipt of each enforcer since the service started.
@ApplicationScoped
public class PolicyReceipts {
    private static final Logger LOG = Logger.getLogger(PolicyReceipts.class);
    private static final String COUNTER = "ringfence.policy.receipts";

    private final Map<String, PolicyReceipt> newest = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    PolicyReceipts(MeterRegistry meters) {
        this.meters = meters;
        meters.counter(COUNTER, "outcome", "enforced");
        meters.counter(COUNTER, "outcome", "refused");
    }

    void receive(String enforcerId, PolicyReceipt receipt) {
        boolean enforced = receipt.getError().isEmpty();
        meters.counter(COUNTER, "outcome", enforced ? "enforced" : "refused").increment();
        if (!enforced) {
            LOG.warnf(
                    "Enforcer %s refused policy version %d: %s",
                    enforcerId, receipt.getVersion(), receipt.getError());
        }
        newest.merge(
                enforcerId,
                receipt,
                (known, news) ->
                        Long.compareUnsigned(news.getVersion(), known.getVersion()) < 0
                                ? known
                                : news);
    }

    public Optional<PolicyReceipt> of(String enforcerId) {
        return Optional.ofNullable(newest.get(enforcerId));
    }
}
