package io.ringfence.gateway.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.route.Service;
import io.ringfence.gateway.route.Upstreams;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// What the services say about themselves, on a path that is not reachable from outside.
@ApplicationScoped
public class ServiceParts {
    private static final String PATH = "/internal/openapi";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Upstreams upstreams;

    ServiceParts(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /// Fails, naming the service, if one does not answer.
    Future<List<ObjectNode>> all() {
        List<Future<ObjectNode>> parts = Arrays.stream(Service.values()).map(this::part).toList();
        return Future.all(parts).map(done -> done.list());
    }

    private Future<ObjectNode> part(Service service) {
        Assertion assertion =
                new Assertion(
                        "GET", PATH, NamespaceName.ROOT, AssertedCaller.ANONYMOUS, null, List.of());
        return upstreams
                .call(service, assertion, "application/json", Buffer.buffer())
                .compose(answer ->
                        answer.status() == 200
                                ? Future.succeededFuture(read(answer.body()))
                                : Future.failedFuture("it answered " + answer.status()))
                .recover(failure ->
                        Future.failedFuture(
                                "%s does not describe itself: %s"
                                        .formatted(service.processName(), failure.getMessage())));
    }

    private static ObjectNode read(Buffer body) {
        try {
            return (ObjectNode) JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new IllegalStateException("its answer is no JSON", e);
        }
    }
}
