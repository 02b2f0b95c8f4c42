package io.ringfence.enforcer.dns;

import io.ringfence.enforcer.netlink.LoggedPacket;
import io.ringfence.enforcer.netlink.PacketLog;
import io.ringfence.enforcer.netlink.PacketQueue;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears DNS in the network namespace of the thread that opens it. Whatever goes wrong here,
/// answers pass: a name then has no address, but everybody's DNS goes on.
public final class DnsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsWatch.class);
    private static final int SNAPLEN = 1024;
    private static final long WAITED_MILLIS = 250;

    private final PacketLog queries;
    private final PacketQueue answers;
    private final DnsListener listener;
    private final Questions questions = new Questions();
    private final Thread reader;
    private long waitedAt;
    private long failed;
    private volatile boolean closed;
    private volatile DnsCounts counts = DnsCounts.NONE;

    private DnsWatch(PacketLog queries, PacketQueue answers, DnsListener listener) {
        this.queries = queries;
        this.answers = answers;
        this.listener = listener;
        reader = Thread.ofPlatform().name("dns-watch").daemon().unstarted(this::read);
    }

    /// Fails when another process listens in this network namespace.
    ///
    /// @param queries the group that queries are logged to
    /// @param answers the queue that answers are held in
    public static DnsWatch open(int queries, int answers, DnsListener listener) throws IOException {
        PacketLog log = PacketLog.open(queries, SNAPLEN, 1);
        try {
            DnsWatch watch = new DnsWatch(log, PacketQueue.open(answers), listener);
            watch.reader.start();
            return watch;
        } catch (IOException refused) {
            log.close();
            throw refused;
        }
    }

    private void read() {
        try {
            while (!closed) {
                if (!answers.read(this::judge)) {
                    hearQueries();
                }
                long now = monotonicMillis();
                if (now - waitedAt >= WAITED_MILLIS) {
                    waitedAt = now;
                    whileCounting(listener::waited);
                }
                counts = questions.counts(failed);
            }
        } catch (IOException | RuntimeException broken) {
            LOG.error("DNS cannot be heard any more; domain entries gain no addresses", broken);
        } finally {
            answers.close();
            queries.close();
        }
    }

    /// The query was logged before the answer could come.
    private void judge(PacketQueue.Held held) {
        whileCounting(() -> {
            hearQueries();
            List<NameAnswer> found = questions.answer(held.bytes(), monotonicMillis());
            if (!found.isEmpty()) {
                listener.answered(found);
            }
        });
        whileCounting(() -> answers.release(held));
    }

    private void hearQueries() throws IOException {
        boolean isMore;
        do {
            isMore = queries.readAtOnce(this::hear);
        } while (isMore);
    }

    private void hear(LoggedPacket query) {
        whileCounting(
                () -> questions.query(query.bytes(0, query.payloadLength()), monotonicMillis()));
    }

    private void whileCounting(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            failed++;
            LOG.warn("a DNS packet could not be put to use: {}", String.valueOf(e.getMessage()));
            LOG.debug("why", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }

    /// Whether it still hears.
    public boolean isListening() {
        return reader.isAlive();
    }

    public DnsCounts counts() {
        return counts;
    }

    /// Stops within a fraction of a second. Answers pass from then on.
    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
