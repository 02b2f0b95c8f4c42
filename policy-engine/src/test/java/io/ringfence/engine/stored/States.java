package io.ringfence.engine.stored;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;

/// Records as the outbox writes them. JSON is written with single quotes.
final class States {
    private States() {}

    static byte[] ruleset(String id, long revision, String namespace, String json) {
        return state("networkrulesetpolicy", id, revision, namespace, json);
    }

    static byte[] namespace(String id, String name, String incoming) {
        return state(
                "namespace",
                id,
                1,
                "/",
                "{'name':'%s','defaultPUIncomingTrafficAction':'%s','organizationalMetadata':['@org:n=%s']}"
                        .formatted(name, incoming, name));
    }

    static byte[] enforcer(String id, String namespace) {
        return state("enforcer", id, 1, namespace, "{'FQDN':'db'}");
    }

    /// @param tags in JSON
    static byte[] enforcer(String id, String namespace, String tags) {
        return state("enforcer", id, 1, namespace, "{'normalizedTags':%s}".formatted(tags));
    }

    static byte[] profile(String id, String namespace, String json) {
        return state("enforcerprofile", id, 1, namespace, json);
    }

    static byte[] profileMapping(String id, String namespace, String json) {
        return state("enforcerprofilemappingpolicy", id, 1, namespace, json);
    }

    static byte[] unit(String id, String namespace, String enforcer, String address) {
        return state(
                "processingunit",
                id,
                1,
                namespace,
                "{'enforcerID':'%s','addresses':['%s'],'normalizedTags':['app=web'],'operationalStatus':'Running'}"
                        .formatted(enforcer, address));
    }

    static byte[] network(String id, String namespace, String entry) {
        return state(
                "externalnetwork",
                id,
                1,
                namespace,
                "{'name':'net','entries':['%s'],'normalizedTags':['net=a'],'propagate':true}"
                        .formatted(entry));
    }

    static byte[] deleted(String id, long revision) {
        return ObjectState.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setOperation(Operation.DELETE)
                .build()
                .toByteArray();
    }

    static byte[] state(String identity, String id, long revision, String namespace, String json) {
        return ObjectState.newBuilder()
                .setIdentity(identity)
                .setId(id)
                .setNamespace(namespace)
                .setRevision(revision)
                .setOperation(Operation.UPDATE)
                .setJson(ByteString.copyFromUtf8(json.replace('\'', '"')))
                .build()
                .toByteArray();
    }
}
