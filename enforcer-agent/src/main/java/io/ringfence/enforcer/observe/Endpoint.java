package io.ringfence.enforcer.observe;

import io.ringfence.contracts.flow.EndpointType;

/// Who an address belongs to, as far as the policy names it.
///
/// @param id of the processing unit or external network; [#SOMEWHERE] for an address in none
public record Endpoint(EndpointType type, String id, String namespace) {
    public static final String SOMEWHERE = "somewhere";

    static final Endpoint UNKNOWN = new Endpoint(EndpointType.EXTERNAL_NETWORK, SOMEWHERE, "");
}
