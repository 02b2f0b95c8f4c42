package io.ringfence.policy.api;

import static io.ringfence.policy.api.PolicyAttributes.subject;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.mapping.MappingIdentity;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Which namespace below a processing unit belongs to (`reference/api.md` §1).
@ApplicationScoped
class MappingResources {

    @Produces
    @Singleton
    ResourceDeclaration namespaceMappings() {
        return resource(MappingIdentity.NAMESPACE_MAPPING, "namespacemappingpolicies")
                .aliases("nspolicy", "nspolicies", "nsmap", "nsmaps")
                .with(Mixin.usual())
                .with(Mixin.DISABLED)
                .attribute(text("mappedNamespace").required().longest(1024))
                .attribute(subject())
                .announcedOn(Topic.NAMESPACE_MAPPING_CHANGED)
                .build();
    }
}
