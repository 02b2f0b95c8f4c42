package io.ringfence.gateway.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.ringfence.protocol.openapi.OpenApiDocument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The whole document, put together when it is first asked for and again after a minute, since a
/// service may have been replaced by a newer one. While a service does not answer, what it said
/// last stands.
@ApplicationScoped
public class PublishedDocument {
    private static final Logger LOG = Logger.getLogger(PublishedDocument.class);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    new YAMLFactory()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private final Vertx vertx;
    private final ServiceParts parts;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Edition current;

    PublishedDocument(Vertx vertx, ServiceParts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    /// Fails if a service never said anything.
    Future<Edition> edition() {
        Edition known = current;
        if (known != null && clock.instant().isBefore(known.keptUntil())) {
            return Future.succeededFuture(known);
        }
        if (known == null) {
            return compose();
        }
        // Whoever comes while the next edition is made gets this one.
        current = new Edition(known.json(), known.yaml(), clock.instant().plus(KEPT));
        return compose()
                .recover(failure -> {
                    LOG.warnf("/openapi stays as it was: %s", failure.getMessage());
                    return Future.succeededFuture(known);
                });
    }

    private Future<Edition> compose() {
        return parts.all()
                .compose(all -> vertx.executeBlocking(() -> written(all), false))
                .onSuccess(edition -> current = edition);
    }

    private Edition written(List<ObjectNode> all) throws JsonProcessingException {
        List<ObjectNode> everything = new ArrayList<>(all);
        everything.add(OpenApiDocument.of(List.of(), List.of(), OwnOperations.ALL));
        ObjectNode document = OpenApiDocument.merged(everything);
        return new Edition(
                Buffer.buffer(JSON.writeValueAsBytes(document)),
                Buffer.buffer(YAML.writeValueAsBytes(document)),
                clock.instant().plus(KEPT));
    }

    record Edition(Buffer json, Buffer yaml, Instant keptUntil) {}
}
