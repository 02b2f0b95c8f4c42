package io.ringfence.metrics.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.engine.Direction;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.World;
import io.ringfence.engine.explain.Endpoint;
import java.net.InetAddress;
import java.util.Optional;

/// What a report says about a flow that a default action rejected.
///
/// @param namespace of the processing unit that rejected it
record RejectedFlow(
        Direction direction,
        String namespace,
        Endpoint source,
        Endpoint destination,
        Traffic traffic) {

    /// Empty for any other flow, and when a processing unit of it is no longer there: its address
    /// may be somebody else's by now.
    static Optional<RejectedFlow> of(ObjectNode report, World world) {
        if (!text(report, "action").equals("Reject")
                || !text(report, "policyID").equals(Verdict.DEFAULT)) {
            return Optional.empty();
        }
        Direction direction =
                text(report, "side").equals("source") ? Direction.OUTGOING : Direction.INCOMING;
        Traffic traffic =
                Traffic.reported(
                        report.path("protocol").asInt(), report.path("destinationPort").asInt());
        String judged =
                switch (direction) {
                    case OUTGOING -> "sourceID";
                    case INCOMING -> "destinationID";
                };
        return Optional.ofNullable(world.processingUnits().get(text(report, judged)))
                .flatMap(unit -> {
                    Optional<Endpoint> source = endpoint(report, "source", world);
                    Optional<Endpoint> destination = endpoint(report, "destination", world);
                    return source.isEmpty() || destination.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new RejectedFlow(
                                            direction,
                                            unit.namespace(),
                                            source.get(),
                                            destination.get(),
                                            traffic));
                });
    }

    private static Optional<Endpoint> endpoint(ObjectNode report, String end, World world) {
        if (text(report, end + "Type").equals("ProcessingUnit")) {
            return Optional.of(text(report, end + "ID"))
                    .filter(world.processingUnits()::containsKey)
                    .map(Endpoint.Unit::new);
        }
        String address = text(report, end + "IP");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new Endpoint.Address(InetAddress.ofLiteral(address)));
    }

    private static String text(ObjectNode report, String attribute) {
        return report.path(attribute).asText();
    }
}
