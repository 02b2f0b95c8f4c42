package io.ringfence.cli;

import io.ringfence.cli.api.ApiCommands;
import io.ringfence.cli.api.AppCredentialCommands;
import io.ringfence.cli.api.AuthCommands;
import io.ringfence.cli.api.MetricsCommands;
import io.ringfence.cli.api.PolicyCommands;
import io.ringfence.cli.api.ReportsQueryCommand;
import io.ringfence.cli.demo.DemoCommands;
import io.ringfence.cli.launch.DownCommand;
import io.ringfence.cli.launch.LogsCommand;
import io.ringfence.cli.launch.StatusCommand;
import io.ringfence.cli.launch.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command's entry.
@Command(
        name = "ringfence",
        mixinStandardHelpOptions = true,
        version = "ringfence 0.1.0",
        description = "Identity-based microsegmentation for hosts and pods.",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DownCommand.class,
            DemoCommands.class,
            AuthCommands.class,
            AppCredentialCommands.class,
            ApiCommands.class,
            MetricsCommands.class,
            ReportsQueryCommand.class,
            PolicyCommands.class
        })
public final class Ringfence implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do: one of the commands below.");
    }

    static CommandLine commandLine() {
        return new CommandLine(new Ringfence())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Ringfence::explain);
    }

    private static int explain(
            Exception problem, CommandLine commandLine, CommandLine.ParseResult arguments)
            throws Exception {
        if (problem instanceof UserError error) {
            commandLine.getErr().println("ringfence: " + error.getMessage());
            return error.exitCode();
        }
        throw problem;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
