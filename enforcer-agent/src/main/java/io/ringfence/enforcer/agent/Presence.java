package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.enroll.Enrolment;
import io.ringfence.enforcer.enroll.Host;
import io.ringfence.enforcer.enroll.HostAddresses;
import io.ringfence.enforcer.enroll.Registration;
import io.ringfence.enforcer.retry.Backoff;
import io.ringfence.enforcer.retry.Complaints;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets the enforcer known to the console and keeps it so: enrolls, registers, pokes, announces
/// changed addresses, and renews the certificate at half its life.
final class Presence implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration POKE_EVERY = Duration.ofSeconds(30);

    private final Enrolment enrolment;
    private final PresenceListener listener;
    private final Host host;
    private final Clock clock;
    private final double renewAtShare;
    private final Backoff backoff;
    private final Complaints complaints = new Complaints(LOG);
    private Standing standing;
    private Instant pokedAt = Instant.EPOCH;

    Presence(
            Enrolment enrolment,
            Standing first,
            Host host,
            PresenceListener listener,
            Clock clock,
            RandomGenerator random) {
        this.enrolment = enrolment;
        this.standing = first;
        this.host = host;
        this.listener = listener;
        this.clock = clock;
        this.renewAtShare = random.nextDouble(0.45, 0.55);
        this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), random);
    }

    /// Runs until its thread is interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                try {
                    standing = next(standing);
                    backoff.reset();
                } catch (IOException | RuntimeException e) {
                    complaints.warn("not known to the console: " + reason(e));
                    Thread.sleep(backoff.next());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Standing next(Standing current) throws IOException, InterruptedException {
        return switch (current) {
            case Standing.Unknown _ -> enroll();
            case Standing.Enrolled(EnforcerIdentity identity) when isOver(identity) ->
                    new Standing.Unknown();
            case Standing.Enrolled(EnforcerIdentity identity) -> register(identity);
            case Standing.Registered registered -> keep(registered);
        };
    }

    private Standing enroll() throws IOException, InterruptedException {
        EnforcerIdentity identity = enrolment.enroll();
        LOG.info("enrolled as {} in {}", identity.id(), identity.namespace());
        listener.enrolled(identity);
        return new Standing.Enrolled(identity);
    }

    private Standing register(EnforcerIdentity identity) throws IOException, InterruptedException {
        Host now = host.withAddresses(HostAddresses.current());
        String processingUnitId = Registration.register(listener.console(identity), identity, now);
        complaints.resolved("registered as processing unit " + processingUnitId);
        LOG.info("announced the addresses {}", now.addresses());
        listener.registered(identity);
        return new Standing.Registered(identity, processingUnitId, now.addresses());
    }

    private Standing keep(Standing.Registered registered) throws IOException, InterruptedException {
        EnforcerIdentity identity = registered.identity();
        Thread.sleep(LOOK_EVERY);
        listener.looked();
        if (isOver(identity)) {
            return new Standing.Unknown();
        }
        if (isDueForRenewal(identity)) {
            EnforcerIdentity renewed = enrolment.renew(identity);
            LOG.info("certificate renewed until {}", renewed.notAfter());
            listener.enrolled(renewed);
            return new Standing.Registered(
                    renewed, registered.processingUnitId(), registered.announced());
        }
        if (!host.withAddresses(HostAddresses.current())
                .addresses()
                .equals(registered.announced())) {
            return new Standing.Enrolled(identity);
        }
        if (Duration.between(pokedAt, clock.instant()).abs().compareTo(POKE_EVERY) >= 0) {
            Registration.poke(listener.console(identity), identity);
            complaints.resolved("known to the console again");
            pokedAt = clock.instant();
        }
        return registered;
    }

    private boolean isOver(EnforcerIdentity identity) {
        return clock.instant().isAfter(identity.notAfter());
    }

    private boolean isDueForRenewal(EnforcerIdentity identity) {
        Duration life = Duration.between(identity.notBefore(), identity.notAfter());
        Instant due = identity.notBefore().plusMillis((long) (life.toMillis() * renewAtShare));
        return clock.instant().isAfter(due);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// Told what has become of the enforcer's standing.
    interface PresenceListener {
        Console console(EnforcerIdentity identity);

        /// For the first time, or again with a renewed certificate.
        void enrolled(EnforcerIdentity identity);

        void registered(EnforcerIdentity identity);

        /// A few seconds have passed.
        void looked();
    }
}
