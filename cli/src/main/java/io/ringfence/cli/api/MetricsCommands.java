package io.ringfence.cli.api;

import io.ringfence.cli.client.ApiClient.Parameter;
import io.ringfence.cli.client.ApiOption;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence metrics …`: questions in PromQL.
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        description = "Ask in PromQL; every selector names its namespace.")
public final class MetricsCommands {
    @Command(
            name = "instant",
            mixinStandardHelpOptions = true,
            description = "The value at one time.")
    int instant(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "QUERY") String query,
            @Option(names = "--timestamp", description = "RFC 3339 or seconds (default: now).")
                    @Nullable String timestamp) {
        List<Parameter> parameters = new ArrayList<>(List.of(new Parameter("query", query)));
        if (timestamp != null) {
            parameters.add(new Parameter("time", timestamp));
        }
        Output.print(
                output.format(),
                api.client()
                        .call("GET", "/metricsquery", api.namespace(), parameters, null)
                        .body());
        return 0;
    }

    @Command(
            name = "range",
            mixinStandardHelpOptions = true,
            description = "The values over a time.")
    int range(
            @Mixin ApiOption api,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "QUERY") String query,
            @Option(names = "--start", required = true) String start,
            @Option(names = "--end", required = true) String end,
            @Option(names = "--step", required = true) String step) {
        List<Parameter> parameters =
                List.of(
                        new Parameter("query", query),
                        new Parameter("start", start),
                        new Parameter("end", end),
                        new Parameter("step", step));
        Output.print(
                output.format(),
                api.client()
                        .call("GET", "/metricsqueryrange", api.namespace(), parameters, null)
                        .body());
        return 0;
    }
}
