package io.ringfence.metrics.api;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;

import io.ringfence.metrics.report.FlowReports;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/// What `/openapi` says about questions over what was seen.
final class MetricsOperations {
    private static final String TIME = "RFC 3339, or seconds since 1970.";
    private static final String BOUND = "RFC 3339.";
    private static final String RELATIVE = "A Go duration back from now, -1h.";

    MetricsOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration instant() {
        return asked(OperationDeclaration.get("/metricsquery", "Ask for metrics at a moment"));
    }

    @Produces
    @Singleton
    static OperationDeclaration instantInBody() {
        return inBody(OperationDeclaration.post("/metricsquery", "Ask for metrics at a moment"));
    }

    @Produces
    @Singleton
    static OperationDeclaration instantAlias() {
        return instant().alsoAt("/metrics");
    }

    @Produces
    @Singleton
    static OperationDeclaration instantInBodyAlias() {
        return instantInBody().alsoAt("/metrics");
    }

    @Produces
    @Singleton
    static OperationDeclaration range() {
        return askedOver(
                OperationDeclaration.get("/metricsqueryrange", "Ask for metrics over a time"));
    }

    @Produces
    @Singleton
    static OperationDeclaration rangeInBody() {
        return askedOver(
                        OperationDeclaration.post(
                                "/metricsqueryrange", "Ask for metrics over a time"))
                .taking(
                        Content.object(
                                "metricsqueryrange",
                                text("query"),
                                text("start"),
                                text("end"),
                                text("step")));
    }

    private static OperationDeclaration inBody(OperationDeclaration operation) {
        return asked(operation).taking(Content.object("metricsquery", text("query"), text("time")));
    }

    private static OperationDeclaration asked(OperationDeclaration operation) {
        return answered(operation.with("query", "string", "PromQL.").with("time", "string", TIME));
    }

    private static OperationDeclaration askedOver(OperationDeclaration operation) {
        return answered(
                operation
                        .with("query", "string", "PromQL.")
                        .with("start", "string", TIME)
                        .with("end", "string", TIME)
                        .with("step", "string", "A Go duration, or seconds."));
    }

    private static OperationDeclaration answered(OperationDeclaration operation) {
        return operation.answering(
                Content.object("metrics.answer", text("status"), anything("data")));
    }

    @Produces
    @Singleton
    static OperationDeclaration reports() {
        Attribute flowReports =
                nestedList(
                        "flowReports",
                        Stream.concat(
                                        FlowReports.DECLARATION.attributes().values().stream(),
                                        Stream.of(text(FlowReports.EXPLANATION)))
                                .toArray(Attribute[]::new));
        return OperationDeclaration.post("/reportsqueries", "Ask for reports of what was seen")
                .sharing("page", "pagesize", "limit", "order", "q", "recursive")
                .with("startAbsolute", "string", BOUND)
                .with("startRelative", "string", RELATIVE)
                .with("endAbsolute", "string", BOUND)
                .with("endRelative", "string", RELATIVE)
                .with("bothSides", "boolean", "What each end of a flow reported.")
                .with("explain", "boolean", "Say why, where only a default rejected (usual).")
                .taking(Content.object("reportsquery.question", kind()))
                .answering(
                        Content.object("reportsquery", kind(), flowReports),
                        "X-Count-Total",
                        "X-Messages");
    }

    private static Attribute kind() {
        return enumeration("report", "Flows").defaultsTo("Flows");
    }

    @Produces
    @Singleton
    static OperationDeclaration reportsAlias() {
        return reports().alsoAt("/reportsquery");
    }
}
