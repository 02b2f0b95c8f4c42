package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.schedule.Cron;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// `activeSchedule` and `activeDuration` come together, or not at all: one alone would look like a
/// limit that is none.
public final class ScheduleCheck {
    private static final String BEGINS = "activeSchedule";
    private static final String LASTS = "activeDuration";

    private ScheduleCheck() {}

    public static List<Fault> faults(ObjectNode policy) {
        String begins = policy.path(BEGINS).asText("");
        String lasts = policy.path(LASTS).asText("");
        if (begins.isEmpty() && lasts.isEmpty()) {
            return List.of();
        }
        if (begins.isEmpty()) {
            return List.of(wrong(BEGINS, "must say when, since activeDuration says how long"));
        }
        return problem(BEGINS, Cron::parse, begins)
                .or(() ->
                        problem(LASTS, text -> Schedule.of(begins, GoDuration.parse(text)), lasts))
                .stream()
                .toList();
    }

    private static Optional<Fault> problem(String attribute, Consumer<String> parser, String text) {
        try {
            parser.accept(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(wrong(attribute, "is not right: " + e.getMessage()));
        }
    }

    private static Fault wrong(String attribute, String reason) {
        return Fault.invalid(attribute, "Attribute '%s' %s".formatted(attribute, reason));
    }
}
