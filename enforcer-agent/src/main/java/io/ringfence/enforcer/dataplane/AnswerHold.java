package io.ringfence.enforcer.dataplane;

import io.ringfence.enforcer.netlink.QueueRule;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What lets a process hear DNS: queries to the host's resolvers are logged, and their answers wait
/// in a queue until that process has seen them. Without a reader both pass.
///
/// Queries are logged before destination translation and answers held after source translation has
/// been undone, so both carry the resolver's configured address. Answers come last of all: what the
/// policy refuses is not held.
final class AnswerHold {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerHold.class);

    private static final String QUERIES = "dns_queries";
    private static final String ANSWERS = "dns_answers";

    /// The chain with the one rule that queues. It is never flushed with the rest, because `nft`
    /// cannot write that rule everywhere.
    private static final String QUEUE = "dns_queue";

    static final List<String> CHAINS = List.of(QUERIES, ANSWERS, QUEUE);

    private static final int SNAPLEN = 1024;

    private AnswerHold() {}

    /// Makes the chain that [#render] sends answers to.
    static void prepare() throws DataplaneException {
        String table = KernelTable.NAME;
        String chain = table + " " + QUEUE;
        String empty =
                "add table " + table + "\nadd chain " + chain + "\nflush chain " + chain + "\n";
        Nft.Answer made = Nft.apply(empty);
        if (!made.succeeded()) {
            throw new DataplaneException("nft refused a chain for DNS answers: " + made.reason());
        }
        int queue = NftablesDataplane.DNS_QUEUE;
        Nft.Answer queued = Nft.apply("add rule " + chain + " queue num " + queue + " bypass\n");
        if (queued.succeeded()) {
            return;
        }
        try {
            QueueRule.add("ringfence", QUEUE, queue);
        } catch (IOException refused) {
            LOG.error(
                    "this kernel can hold no packets ({}), so domain entries gain no addresses; load nft_queue, or nft_compat and xt_NFQUEUE",
                    queued.reason(),
                    refused);
        }
    }

    static void frame(RulesetText ruleset) {
        ruleset.add("chain", QUEUE, "");
        ruleset.add("chain", QUERIES, "{ type filter hook output priority -110; policy accept; }");
        ruleset.add("chain", ANSWERS, "{ type filter hook input priority 110; policy accept; }");
        ruleset.flush("chain", QUERIES);
        ruleset.flush("chain", ANSWERS);
    }

    static void render(RulesetText ruleset, Bypass bypass) {
        List<String> queries = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (String version : List.of("4", "6")) {
            String ip = version.equals("4") ? "ip" : "ip6";
            String resolvers = ruleset.names().of("resolver" + version);
            if (bypass.resolvers().stream().anyMatch(address -> isOf(version, address))) {
                queries.add(
                        "meta l4proto { tcp, udp } th dport 53 %s daddr @%s log group %d snaplen %d queue-threshold 1"
                                .formatted(
                                        ip, resolvers, NftablesDataplane.DNS_LOG_GROUP, SNAPLEN));
                answers.add(
                        "meta l4proto { tcp, udp } th sport 53 %s saddr @%s goto %s"
                                .formatted(ip, resolvers, QUEUE));
            }
        }
        ruleset.base(QUERIES, queries);
        ruleset.base(ANSWERS, answers);
    }

    /// Takes away what [#frame] made.
    static void remove(RulesetText ruleset) {
        frame(ruleset);
        ruleset.flush("chain", QUEUE);
        CHAINS.forEach(chain -> ruleset.line("delete chain " + KernelTable.NAME + " " + chain));
    }

    private static boolean isOf(String version, InetAddress address) {
        return version.equals("4") == (address.getAddress().length == 4);
    }
}
