package io.ringfence.enforcer.window;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.Side;
import io.ringfence.enforcer.observe.Endpoint;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.Judgement;
import java.net.InetAddress;

/// What is counted together when a window has no room for another key: own end, side, action and
/// whether it counts are kept; the peer, port, protocol and policy are not.
final class Overflow {
    static final String ID = "overflow";

    private static final Endpoint PEER = new Endpoint(EndpointType.EXTERNAL_NETWORK, ID, "");
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    private Overflow() {}

    static FlowKey of(FlowKey flow) {
        boolean isSource = flow.side() == Side.SOURCE;
        Judgement judgement = flow.judgement();
        return new FlowKey(
                flow.side(),
                0,
                NOWHERE,
                NOWHERE,
                0,
                isSource ? flow.source() : PEER,
                isSource ? PEER : flow.destination(),
                new Judgement(
                        judgement.action(),
                        ID,
                        "",
                        "",
                        "",
                        FlowAction.FLOW_ACTION_UNSPECIFIED,
                        "",
                        ""),
                flow.counted());
    }
}
