package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// An external network carries its namespace's tags.
@ApplicationScoped
class ExternalNetworkBehaviour implements ResourceBehaviour {
    private final KnownNamespaces namespaces;

    ExternalNetworkBehaviour(KnownNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public String identity() {
        return "externalnetwork";
    }

    @Override
    public List<String> derivedTags(ObjectNode network) {
        return namespaces.organizationalTags(network.path("namespace").asText());
    }
}
