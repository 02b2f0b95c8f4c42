package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.observe.Observations;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.spool.SpoolFill;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The numbers of a report: what the kernel did, what was received of it, what waits.
final class Gauges {
    private final Supplier<Optional<Counters>> kernel;
    private final Supplier<Observations> observer;
    private final Supplier<Map<String, Long>> names;
    private final Spool spool;

    Gauges(
            Supplier<Optional<Counters>> kernel,
            Supplier<Observations> observer,
            Supplier<Map<String, Long>> names,
            Spool spool) {
        this.kernel = kernel;
        this.observer = observer;
        this.names = names;
        this.spool = spool;
    }

    Map<String, Long> read() {
        Map<String, Long> values = new TreeMap<>();
        kernel.get()
                .ifPresent(counters -> {
                    values.put("kernel_logged", counters.logged().total());
                    values.put("kernel_silent", counters.silent());
                    values.put("kernel_cut", counters.cut());
                    values.put("kernel_invalid", counters.invalid());
                    values.put("kernel_not_policed", counters.notPoliced());
                    values.put("kernel_unjudged", counters.unjudged());
                });
        Observations observed = observer.get();
        values.put("observer_received", observed.received());
        values.put("observer_flows", observed.flows());
        values.put("observer_overruns", observed.overruns());
        values.put("observer_missing", observed.missing());
        values.put("observer_unresolved", observed.unresolved());
        values.put("observer_forgotten", observed.forgotten());
        values.putAll(names.get());
        SpoolFill fill = spool.fill();
        values.put("spool_records", fill.records());
        values.put("spool_bytes", fill.bytes());
        values.put("spool_dropped_records", fill.droppedRecords());
        return values;
    }
}
