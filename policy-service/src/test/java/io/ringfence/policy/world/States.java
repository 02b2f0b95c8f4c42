package io.ringfence.policy.world;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;

/// Records as the outbox writes them. JSON is written with single quotes.
public final class States {
    private States() {}

    public static byte[] ruleset(String id, long revision, String namespace, String json) {
        return state("networkrulesetpolicy", id, revision, namespace, json);
    }

    public static byte[] enforcer(String id, String namespace) {
        return state("enforcer", id, 1, namespace, "{'FQDN':'db'}");
    }

    public static byte[] unit(String id, String namespace, String enforcer, String address) {
        return state(
                "processingunit",
                id,
                1,
                namespace,
                "{'enforcerID':'%s','addresses':['%s'],'normalizedTags':['app=web'],'operationalStatus':'Running'}"
                        .formatted(enforcer, address));
    }

    /// A ruleset that was stored then.
    public static byte[] changedAt(long millis, String id, String namespace) {
        return ObjectState.newBuilder()
                .setIdentity("networkrulesetpolicy")
                .setId(id)
                .setNamespace(namespace)
                .setRevision(1)
                .setChangedAtMs(millis)
                .setOperation(Operation.UPDATE)
                .setJson(ByteString.copyFromUtf8("{}"))
                .build()
                .toByteArray();
    }

    public static byte[] state(
            String identity, String id, long revision, String namespace, String json) {
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
