package io.ringfence.enforcer.report;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.retry.Backoff;
import io.ringfence.enforcer.retry.Complaints;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.spool.SpooledRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the spool's records in order, for ever, and a report every half minute. A record stays in
/// the spool until Kafka has acknowledged it; after any failure the connection is made anew, and
/// what was not acknowledged is sent again with the same bytes.
public final class RecordSender implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);
    private static final int RECORDS_AT_ONCE = 16;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Spool spool;
    private final KafkaSettings kafka;
    private final Supplier<EnforcerIdentity> identity;
    private final Supplier<ReportContent> reports;
    private final Clock clock;
    private final Backoff backoff;
    private final Complaints complaints = new Complaints(LOG);
    private final byte[] key;
    private volatile boolean isFinishing;
    private long reportedAtMillis;

    public RecordSender(
            Spool spool,
            KafkaSettings kafka,
            Supplier<EnforcerIdentity> identity,
            Supplier<ReportContent> reports,
            Clock clock,
            RandomGenerator random) {
        this.spool = spool;
        this.kafka = kafka;
        this.identity = identity;
        this.reports = reports;
        this.clock = clock;
        this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), random);
        this.key = kafka.enforcerId().getBytes(StandardCharsets.UTF_8);
    }

    /// Ends when interrupted, or when [#finish] was called and the spool is empty.
    @Override
    public void run() {
        try {
            while (!isFinished()) {
                connectAndSend();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends once there is nothing more to send.
    public void finish() {
        isFinishing = true;
    }

    private boolean isFinished() {
        return isFinishing && spool.fill().records() == 0;
    }

    private void connectAndSend() throws InterruptedException {
        try {
            KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer());
            try {
                while (!isFinished()) {
                    sendSome(producer);
                    reportWhenDue(producer);
                }
            } finally {
                producer.close(Duration.ZERO);
            }
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException | IOException e) {
            spool.takeBack();
            complaints.warn("records wait in the spool: " + reason(e));
            if (!isFinishing) {
                Thread.sleep(backoff.next());
            }
        }
    }

    private void sendSome(Producer<byte[], byte[]> producer)
            throws IOException, InterruptedException {
        List<SpooledRecord> records = spool.lend(RECORDS_AT_ONCE, IDLE);
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (SpooledRecord record : records) {
            answers.add(
                    producer.send(
                            new ProducerRecord<>(
                                    Topic.FLOW_OBSERVED.topicName(), key, record.content())));
        }
        for (int i = 0; i < records.size(); i++) {
            awaitAcknowledgement(answers.get(i));
            spool.acknowledge(records.get(i));
        }
        if (!records.isEmpty()) {
            backoff.reset();
            complaints.resolved("records reach Kafka");
        }
    }

    private static void awaitAcknowledgement(Future<RecordMetadata> answer)
            throws IOException, InterruptedException {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        }
    }

    private void reportWhenDue(Producer<byte[], byte[]> producer) {
        long now = clock.millis();
        if (Math.abs(now - reportedAtMillis) >= REPORT_EVERY.toMillis()) {
            reportedAtMillis = now;
            producer.send(
                    new ProducerRecord<>(
                            Topic.ENFORCER_REPORT.topicName(),
                            key,
                            reports.get().signed(identity.get(), now)));
        }
    }

    private static InterruptedException interrupted(KafkaException cause) {
        InterruptedException interrupted = new InterruptedException("while sending");
        interrupted.initCause(cause);
        Thread.interrupted();
        return interrupted;
    }

    /// The innermost message: Kafka wraps what happened into what failed because of it.
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }
}
