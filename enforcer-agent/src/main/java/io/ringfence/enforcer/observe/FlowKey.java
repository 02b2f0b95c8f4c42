package io.ringfence.enforcer.observe;

import io.ringfence.contracts.flow.Side;
import java.net.InetAddress;

/// Everything that `ObservedFlow` says about a flow except how often it was seen: flows with equal
/// keys are counted together.
///
/// @param side which end the reporting processing unit is
/// @param protocol IANA number
/// @param destinationPort 0 for protocols without ports
/// @param counted whether this side's record is the one that counts (DESIGN §4, "What is counted")
public record FlowKey(
        Side side,
        int protocol,
        InetAddress sourceAddress,
        InetAddress destinationAddress,
        int destinationPort,
        Endpoint source,
        Endpoint destination,
        Judgement judgement,
        boolean counted) {}
