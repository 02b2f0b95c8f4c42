package io.ringfence.engine;

import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import java.util.List;

/// One rule of one direction. No ports means any. Under `observation` it never changes a verdict.
public record Rule(
        String name,
        Action action,
        TagExpression object,
        List<ProtocolPorts> ports,
        boolean observation,
        boolean logsDisabled) {
    public Rule {
        ports = List.copyOf(ports);
    }
}
