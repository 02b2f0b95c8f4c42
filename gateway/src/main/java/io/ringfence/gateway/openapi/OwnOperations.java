package io.ringfence.gateway.openapi;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;

import io.ringfence.gateway.permissions.ApiChecksPage;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import java.util.List;

/// What the gateway answers itself.
final class OwnOperations {
    private static final Content CHECKS =
            Content.list(
                    "healthcheck",
                    enumeration(
                                    "type",
                                    "Cache",
                                    "Database",
                                    "General",
                                    "MessagingSystem",
                                    "Service",
                                    "TSDB")
                            .required()
                            .readOnly(),
                    enumeration("status", "Degraded", "Offline", "Operational")
                            .required()
                            .readOnly(),
                    text("name").readOnly(),
                    text("responseTime").readOnly(),
                    texts("alerts").readOnly());

    static final List<OperationDeclaration> ALL =
            List.of(
                    OperationDeclaration.get("/healthchecks", "Read how the console is")
                            .byAnybody()
                            .with("quiet", "boolean", "Answers with the status alone.")
                            .answering(200, "All is well", CHECKS)
                            .answering(218, "A part that matters does not work", CHECKS)
                            .answering(503, "The gateway itself does not work", CHECKS),
                    OperationDeclaration.get("/openapi", "Read this document")
                            .byAnybody()
                            .answering(new Content.Other("application/json")),
                    OperationDeclaration.get("/openapi.yaml", "Read this document as YAML")
                            .byAnybody()
                            .answering(new Content.Other("application/yaml")),
                    OperationDeclaration.post(
                                    "/apichecks", "Ask what the caller may do in a namespace")
                            .byWhoeverIsKnown()
                            .taking(Content.object(ApiChecksPage.DECLARATION))
                            .answering(Content.object(ApiChecksPage.DECLARATION)),
                    OperationDeclaration.get(
                                    "/accessiblenamespaces",
                                    "List the namespaces where the caller may do something")
                            .byWhoeverIsKnown()
                            .sharing("page", "pagesize", "after", "limit", "order", "q")
                            .answering(
                                    Content.list("accessiblenamespace", text("name").readOnly()),
                                    "X-Count-Total",
                                    "X-Next"),
                    OperationDeclaration.get("/events", "Open a websocket that tells what changes")
                            .byWhoeverIsKnown()
                            .with("namespace", "string", "In place of X-Namespace.")
                            .with("token", "string", "In place of Authorization.")
                            .with("mode", "string", "all: also what lies below the namespace.")
                            .with("enableErrors", "boolean", "Error frames are understood.")
                            .with("position", "string", "Goes on behind that frame.")
                            .answering(101, "A websocket", new Content.Nothing()),
                    OperationDeclaration.get(
                                    "/enforcerstream",
                                    "Open an enforcer's websocket for policies; needs its certificate")
                            .byWhoeverIsKnown()
                            .answering(101, "A websocket", new Content.Nothing()));

    private OwnOperations() {}
}
