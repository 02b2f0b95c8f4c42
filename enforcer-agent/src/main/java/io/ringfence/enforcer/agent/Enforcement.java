package io.ringfence.enforcer.agent;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.ConsoleAccess;
import io.ringfence.enforcer.console.CurrentIdentity;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.observe.FlowObserver;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.enforcer.receive.PolicyReceiver;
import io.ringfence.enforcer.receive.PolicyStream;
import io.ringfence.enforcer.receive.PolicyVerifier;
import io.ringfence.enforcer.receive.StreamTiming;
import io.ringfence.enforcer.report.CaptureLosses;
import io.ringfence.enforcer.report.ConsoleTokens;
import io.ringfence.enforcer.report.FlowSpooler;
import io.ringfence.enforcer.report.KafkaSettings;
import io.ringfence.enforcer.report.RecordSender;
import io.ringfence.enforcer.report.ReportContent;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.spool.SpoolLimits;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.enforcer.window.FlowFolder;
import io.ringfence.enforcer.window.Moment;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything an enforcer with an identity does: enforces, observes, windows, spools, sends, and
/// listens for new policy. Made once; stopping leaves the rules in the kernel.
final class Enforcement {
    private static final Logger LOG = LoggerFactory.getLogger(Enforcement.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int KEEP_NAMES_EVERY = 8;
    private static final Duration LAST_SEND = Duration.ofMillis(1_500);

    private final CurrentIdentity identity;
    private final ConsoleAccess console;
    private final NftablesDataplane dataplane;
    private final Names names;
    private final KernelPolicy kernel;
    private final PolicyReceiver receiver;
    private final FlowObserver observer;
    private final FlowSpooler spooler;
    private final RecordSender sender;
    private final Gauges gauges;
    private final Thread senderThread;
    private final Thread tickThread;
    private final Thread streamThread;

    private Enforcement(Configuration configuration, EnforcerIdentity first, StateFolder folder)
            throws IOException {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        this.identity = new CurrentIdentity(first);
        this.console = new ConsoleAccess(configuration.api(), identity);
        Generations generations = new Generations();
        this.dataplane = new NftablesDataplane(generations);
        this.names = new Names(configuration.dnsGrace(), folder);
        ControlChannel controlChannel =
                new ControlChannel(
                        List.of(HostPort.of(configuration.api()), configuration.kafka()),
                        configuration.failSafeSsh());
        this.kernel = new KernelPolicy(dataplane, controlChannel::resolve, names);
        this.receiver =
                new PolicyReceiver(
                        new PolicyVerifier(first.authority(), first.consoleId(), first.id(), clock),
                        kernel,
                        folder,
                        clock);
        Spool spool =
                Spool.open(
                        folder.path("spool").resolve(first.id()),
                        SpoolLimits.of(configuration.spoolBytes()),
                        random);
        FlowFolder flows =
                new FlowFolder(
                        configuration.flowWindow(),
                        configuration.keyLimit(),
                        spool.lastWindowEndMillis(),
                        Moment.now());
        Optional<CompletePolicy> kept = receiver.kept();
        kept.ifPresent(kernel::adopt);
        Optional<Counters> before = kernel.counters();
        this.observer = FlowObserver.open(generations, flows::add);
        kept.ifPresent(receiver::restore);
        this.spooler =
                new FlowSpooler(
                        flows,
                        spool,
                        identity,
                        new CaptureLosses(
                                before, kernel::counters, observer::observations, folder));
        this.gauges = new Gauges(kernel::counters, observer::observations, names::gauges, spool);
        this.sender =
                new RecordSender(
                        spool,
                        new KafkaSettings(
                                configuration.kafka().host() + ":" + configuration.kafka().port(),
                                first.id(),
                                first.authority(),
                                new ConsoleTokens(console)),
                        identity,
                        this::report,
                        clock,
                        random);
        this.senderThread = Thread.ofVirtual().name("sender").unstarted(sender);
        this.tickThread = Thread.ofVirtual().name("spooler").unstarted(this::spoolForEver);
        this.streamThread =
                Thread.ofVirtual()
                        .name("stream")
                        .unstarted(
                                new PolicyStream(
                                        listener ->
                                                console.get().stream("/enforcerstream", listener),
                                        receiver,
                                        StreamTiming.USUAL,
                                        random));
    }

    /// Enforces the policy of an earlier start, if there is one, and begins to observe and report.
    static Enforcement start(
            Configuration configuration, EnforcerIdentity first, StateFolder folder)
            throws IOException {
        Enforcement enforcement = new Enforcement(configuration, first, folder);
        enforcement.tickThread.start();
        enforcement.senderThread.start();
        return enforcement;
    }

    /// Begins to listen for new policy. Does nothing the second time.
    void listen() {
        if (streamThread.getState() == Thread.State.NEW) {
            streamThread.start();
        }
    }

    EnforcerIdentity identity() {
        return identity.get();
    }

    Console console() {
        return console.get();
    }

    void renewed(EnforcerIdentity renewed) {
        identity.replace(renewed);
    }

    void followControlChannel() {
        kernel.followControlChannel();
    }

    /// Closes the open window, gives Kafka a moment to take it, and leaves everything enforced.
    void stop() throws InterruptedException {
        names.close();
        observer.close();
        tickThread.interrupt();
        streamThread.interrupt();
        tickThread.join(TICK.multipliedBy(2));
        names.keep();
        receiver.keep();
        spooler.spoolAll(Moment.now());
        sender.finish();
        if (!senderThread.join(LAST_SEND)) {
            LOG.info("what Kafka has not taken yet stays in the spool");
            senderThread.interrupt();
        }
        console.close();
        dataplane.close();
    }

    private void spoolForEver() {
        try {
            for (long tick = 1; ; tick++) {
                Thread.sleep(TICK);
                spooler.spoolClosed(Moment.now());
                if (tick % KEEP_NAMES_EVERY == 0) {
                    names.keep();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private ReportContent report() {
        Optional<PolicySnapshot> held = receiver.held();
        Map<String, Long> counters = gauges.read();
        return new ReportContent(
                held.map(PolicySnapshot::getVersion).orElse(0L),
                held.map(PolicySnapshot::getDigest).orElse(ByteString.EMPTY),
                counters);
    }
}
