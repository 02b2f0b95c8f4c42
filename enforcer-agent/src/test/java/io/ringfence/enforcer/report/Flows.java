package io.ringfence.enforcer.report;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.Side;
import io.ringfence.enforcer.observe.Endpoint;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.Judgement;
import java.net.InetAddress;
import java.util.List;

final class Flows {
    static final FlowLosses NO_LOSSES =
            new FlowLosses() {
                @Override
                public List<FlowLoss> take() {
                    return List.of();
                }

                @Override
                public void spooled() {}
            };

    private Flows() {}

    static FlowKey flow(int port) {
        return new FlowKey(
                Side.DESTINATION,
                6,
                InetAddress.ofLiteral("10.77.0.4"),
                InetAddress.ofLiteral("10.77.0.5"),
                port,
                new Endpoint(EndpointType.EXTERNAL_NETWORK, Endpoint.SOMEWHERE, ""),
                new Endpoint(EndpointType.PROCESSING_UNIT, "65f0c0ffee0000000000000a", "/acme"),
                new Judgement(
                        FlowAction.ACCEPT,
                        "65f0c0ffee00000000000001",
                        "shop",
                        "/acme/shop",
                        "web",
                        FlowAction.REJECT,
                        "65f0c0ffee00000000000002",
                        "/acme"),
                true);
    }
}
