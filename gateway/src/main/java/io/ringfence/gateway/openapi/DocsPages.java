package io.ringfence.gateway.openapi;

import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/docs`: the document as a page to read and to try, and the files that page consists of. Nothing
/// of it comes from, or goes to, another host.
final class DocsPages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'";
    private static final String HTML =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Ringfence API</title>
            <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
            <link rel="stylesheet" href="/docs/swagger-ui.css">
            </head>
            <body>
            <div id="swagger-ui"></div>
            <script src="/docs/swagger-ui-bundle.js"></script>
            <script src="/docs/start.js"></script>
            </body>
            </html>
            """;
    private static final String START =
            """
            SwaggerUIBundle({
              url: "/openapi",
              dom_id: "#swagger-ui",
              deepLinking: true,
              docExpansion: "none",
              filter: true,
              validatorUrl: null,
              presets: [SwaggerUIBundle.presets.apis],
              layout: "BaseLayout",
            });
            """;

    DocsPages() {}

    @Produces
    @Singleton
    static OwnPage page() {
        return new Written("/docs", "text/html; charset=utf-8", HTML);
    }

    @Produces
    @Singleton
    static OwnPage start() {
        return new Written("/docs/start.js", "text/javascript; charset=utf-8", START);
    }

    @Produces
    @Singleton
    static OwnPage script(Vertx vertx) {
        return new Packaged(vertx, "swagger-ui-bundle.js", "text/javascript; charset=utf-8");
    }

    @Produces
    @Singleton
    static OwnPage style(Vertx vertx) {
        return new Packaged(vertx, "swagger-ui.css", "text/css; charset=utf-8");
    }

    @Produces
    @Singleton
    static OwnPage icon(Vertx vertx) {
        return new Packaged(vertx, "favicon-32x32.png", "image/png");
    }

    private record Written(String path, String contentType, String content) implements OwnPage {
        @Override
        public void answer(Exchange exchange) {
            exchange.response().putHeader("Content-Security-Policy", POLICY);
            exchange.answer(200, contentType, Buffer.buffer(content));
        }
    }

    /// A file of Swagger UI, read when it is first asked for.
    private static final class Packaged implements OwnPage {
        private final Vertx vertx;
        private final String file;
        private final String contentType;
        private volatile @Nullable Buffer content;

        Packaged(Vertx vertx, String file, String contentType) {
            this.vertx = vertx;
            this.file = file;
            this.contentType = contentType;
        }

        @Override
        public String path() {
            return "/docs/" + file;
        }

        @Override
        public void answer(Exchange exchange) {
            Optional.ofNullable(content)
                    .ifPresentOrElse(known -> show(exchange, known), () -> readThenShow(exchange));
        }

        private void readThenShow(Exchange exchange) {
            vertx.executeBlocking(() -> Buffer.buffer(SwaggerUi.file(file)), false)
                    .onSuccess(read -> {
                        content = read;
                        show(exchange, read);
                    })
                    .onFailure(missing ->
                            exchange.refuse(Fault.notFound("There is no %s.".formatted(path()))));
        }

        private void show(Exchange exchange, Buffer known) {
            exchange.response().putHeader("Cache-Control", "max-age=3600");
            exchange.answer(200, contentType, known);
        }
    }
}
