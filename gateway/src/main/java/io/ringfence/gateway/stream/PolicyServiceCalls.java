package io.ringfence.gateway.stream;

import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.gateway.route.Service;
import io.ringfence.gateway.route.Upstreams;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;

/// What the gateway asks policy-service on behalf of one enforcer. These paths are not reachable
/// from outside.
///
/// @param permissions what the enforcer may do, as it was decided when it connected
record PolicyServiceCalls(
        Upstreams upstreams,
        EnforcerSubject enforcer,
        ClientCertificate certificate,
        AssertedCaller caller,
        List<String> permissions) {
    private static final String PROTOBUF = "application/x-protobuf";

    Future<Upstreams.Answer> snapshot() {
        return call("GET", "/internal/policysnapshots/", Buffer.buffer());
    }

    /// A serialized `PolicyEdition`.
    Future<Upstreams.Answer> edition() {
        return call("GET", "/internal/policyeditions/", Buffer.buffer());
    }

    Future<Upstreams.Answer> directory(String tenant) {
        return upstreams.call(
                Service.POLICY,
                assertion("GET", "/internal/peerdirectory", "/" + tenant),
                PROTOBUF,
                Buffer.buffer());
    }

    /// @param receipt a serialized `PolicyReceipt`
    Future<Upstreams.Answer> receipt(byte[] receipt) {
        return call("POST", "/internal/policyreceipts/", Buffer.buffer(receipt));
    }

    private Future<Upstreams.Answer> call(String method, String path, Buffer body) {
        return upstreams.call(
                Service.POLICY,
                assertion(
                        method,
                        path + enforcer.id().toLowerCase(Locale.ROOT),
                        enforcer.namespace()),
                PROTOBUF,
                body);
    }

    private Assertion assertion(String method, String path, String namespace) {
        return new Assertion(
                method, path, namespace, caller, certificate.fingerprint(), permissions);
    }
}
