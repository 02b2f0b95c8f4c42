package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.enroll.Enrolment;
import io.ringfence.enforcer.enroll.Host;
import io.ringfence.enforcer.state.FolderLock;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.trust.certificate.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The enforcer of one host: `EnforcerAgent <enforcer.conf>`. Ends on SIGTERM only, within three
/// seconds, and leaves its rules in the kernel and its processing unit running: the host is still
/// there and still protected.
///
/// To be started with `-XX:+UseSerialGC -Xmx64m -XX:TieredStopAtLevel=1
/// --enable-native-access=ALL-UNNAMED` and `target/*:target/lib/*`; then about 125 MB are resident.
///
/// Exit codes: 0 stopped, 2 configuration, 1 cannot run here, [#START_AGAIN].
public final class EnforcerAgent implements Presence.PresenceListener {
    /// The enforcer became another one, because its old certificate had expired and a new bootstrap
    /// token was given; what it holds in memory belongs to the old one.
    static final int START_AGAIN = 75;

    private static final Logger LOG = LoggerFactory.getLogger(EnforcerAgent.class);

    private final Configuration configuration;
    private final StateFolder folder;
    private final Enrolment enrolment;
    private @Nullable Enforcement enforcement;

    private EnforcerAgent(Configuration configuration, StateFolder folder) {
        this.configuration = configuration;
        this.folder = folder;
        this.enrolment =
                new Enrolment(
                        configuration.api(),
                        configuration.namespace(),
                        configuration.name(),
                        configuration.tokenFile(),
                        Pem.readCertificate(configuration.authorityFile()),
                        folder);
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: EnforcerAgent <enforcer.conf>");
            System.exit(2);
        }
        try {
            Configuration configuration =
                    Configuration.read(Path.of(arguments[0]), System.getenv());
            Logging.start(configuration.jsonLog(), configuration.logLevel());
            StateFolder folder = StateFolder.open(configuration.workingFolder());
            try (FolderLock _ = folder.lock()) {
                new EnforcerAgent(configuration, folder).run();
            }
        } catch (InvalidConfiguration e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            LOG.error("cannot run: {}", e.getMessage(), e);
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, stopped), "stop"));
        Clock clock = Clock.systemUTC();
        Optional<EnforcerIdentity> stored = enrolment.stored();
        if (stored.isPresent()) {
            LOG.info("continuing as {} in {}", stored.get().id(), stored.get().namespace());
            enrolled(stored.get());
        }
        Standing first =
                stored.<Standing>map(Standing.Enrolled::new).orElseGet(Standing.Unknown::new);
        Thread presence =
                Thread.ofVirtual()
                        .name("presence")
                        .start(
                                new Presence(
                                        enrolment, first, host(), this, clock, new SecureRandom()));
        stopping.await();
        presence.interrupt();
        stopEnforcement();
        stopped.countDown();
    }

    /// Runs when the process is told to end: lets the main thread do the work and waits for it.
    private static void stop(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            boolean isClean = stopped.await(3, TimeUnit.SECONDS);
            LOG.info(isClean ? "stopped; the rules stay" : "stopped in a hurry; the rules stay");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stopEnforcement() throws InterruptedException {
        if (enforcement != null) {
            enforcement.stop();
        }
    }

    private Host host() {
        return new Host(
                configuration.name(),
                configuration.name(),
                configuration.machineId(),
                configuration.tags(),
                new TreeSet<>());
    }

    @Override
    public synchronized Console console(EnforcerIdentity identity) {
        return running().console();
    }

    @Override
    public synchronized void enrolled(EnforcerIdentity identity) {
        Enforcement current = enforcement;
        if (current == null) {
            try {
                enforcement = Enforcement.start(configuration, identity, folder);
            } catch (IOException e) {
                LOG.error("cannot enforce on this host: {}", e.getMessage(), e);
                Runtime.getRuntime().halt(1);
            }
        } else if (current.identity().subject().equals(identity.subject())) {
            current.renewed(identity);
        } else {
            LOG.warn("now another enforcer: {}; starting again", identity.id());
            Runtime.getRuntime().halt(START_AGAIN);
        }
    }

    @Override
    public synchronized void registered(EnforcerIdentity identity) {
        running().listen();
    }

    @Override
    public synchronized void looked() {
        running().followControlChannel();
    }

    private Enforcement running() {
        Enforcement current = enforcement;
        if (current == null) {
            throw new IllegalStateException("not enrolled yet");
        }
        return current;
    }
}
