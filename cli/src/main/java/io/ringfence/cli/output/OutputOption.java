package io.ringfence.cli.output;

import java.util.List;
import picocli.CommandLine.Option;

/// `-o` and `-c`.
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json, yaml or none (default: ${DEFAULT-VALUE}).")
    private Output.Format format = Output.Format.TABLE;

    @Option(
            names = {"-c", "--column"},
            split = ",",
            description = "Columns of the table.")
    private List<String> columns = List.of();

    public Output.Format format() {
        return format;
    }

    public List<String> columns() {
        return columns;
    }
}
