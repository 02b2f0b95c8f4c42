package io.ringfence.gateway.openapi;

import io.ringfence.gateway.openapi.PublishedDocument.Edition;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// `/openapi` and `/openapi.yaml`.
final class DocumentPages {
    private static final Logger LOG = Logger.getLogger(DocumentPages.class);
    private static final String YAML = "application/yaml";

    DocumentPages() {}

    /// JSON, or YAML for a client that asks for it.
    @Produces
    @Singleton
    static OwnPage document(PublishedDocument document) {
        return new Page("/openapi") {
            @Override
            public void answer(Exchange exchange) {
                String accepted = exchange.request().getHeader("Accept");
                if (accepted != null && accepted.contains("yaml")) {
                    show(exchange, document, YAML, Edition::yaml);
                } else {
                    show(exchange, document, "application/json", Edition::json);
                }
            }
        };
    }

    @Produces
    @Singleton
    static OwnPage yaml(PublishedDocument document) {
        return new Page("/openapi.yaml") {
            @Override
            public void answer(Exchange exchange) {
                show(exchange, document, YAML, Edition::yaml);
            }
        };
    }

    private static void show(
            Exchange exchange,
            PublishedDocument document,
            String contentType,
            Function<Edition, Buffer> form) {
        document.edition()
                .onSuccess(edition -> exchange.answer(200, contentType, form.apply(edition)))
                .onFailure(failure -> {
                    LOG.warnf("%s: /openapi: %s", exchange.requestId(), failure.getMessage());
                    exchange.refuse(
                            Fault.of(
                                    503,
                                    "Service Unavailable",
                                    "Not every service has described itself yet. Try again."));
                });
    }

    private abstract static class Page implements OwnPage {
        private final String path;

        Page(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }
    }
}
