package io.ringfence.gateway.landing;

import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/// `GET /`.
@ApplicationScoped
public class LandingPage implements OwnPage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";
    private static final String HTML =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Ringfence</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
            pre { background: #f2f2f2; color: #111; padding: 1rem; overflow-x: auto; }
            </style>
            </head>
            <body>
            <h1>Ringfence</h1>
            <p>Identity-based microsegmentation: rules say what a workload <em>is</em>, and an enforcer on every host keeps
            them. This address is the API of this console, described at <a href="/docs">/docs</a> and
            <a href="/openapi">/openapi</a>; its health is at <a href="/healthchecks">/healthchecks</a>.</p>
            <p>On the machine that runs it:</p>
            <pre>ringfence status
            ringfence api list namespaces -n /
            ringfence api import -f demo/shop.yaml -n /acme/shop
            ringfence reportsquery flows -n /acme/shop
            ringfence auth token</pre>
            </body>
            </html>
            """;

    @Override
    public String path() {
        return "/";
    }

    @Override
    public void answer(Exchange exchange) {
        exchange.response().putHeader("Content-Security-Policy", POLICY);
        exchange.answer(200, "text/html; charset=utf-8", Buffer.buffer(HTML));
    }
}
