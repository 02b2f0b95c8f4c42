package io.ringfence.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import io.ringfence.cli.process.ProjectHome;
import io.ringfence.cli.stack.Stack;
import io.ringfence.cli.stack.Stack.DemoEntry;
import io.ringfence.cli.stack.Stack.HostEntry;
import io.ringfence.cli.stack.StackOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence demo …`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "See and use the demo's hosts.")
public final class DemoCommands {
    @Command(
            name = "hosts",
            mixinStandardHelpOptions = true,
            description = "List the demo's hosts.")
    int hosts(@Mixin StackOption stack, @Mixin OutputOption output) {
        Output.print(
                output,
                Output.JSON.valueToTree(demo(stack.running()).hosts()),
                List.of("name", "address", "networkNamespace", "tags", "services"));
        return 0;
    }

    @Command(
            name = "exec",
            mixinStandardHelpOptions = true,
            description = "Run a command on a host: ringfence demo exec dev -- COMMAND.")
    int exec(
            @Mixin StackOption stack,
            @Parameters(index = "0", paramLabel = "HOST") String host,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
                    List<String> command)
            throws IOException, InterruptedException {
        List<String> inHost = inNamespace(host(demo(stack.running()), host));
        inHost.addAll(
                command.getFirst().equals("--") ? command.subList(1, command.size()) : command);
        return new ProcessBuilder(inHost).inheritIO().start().waitFor();
    }

    @Command(
            name = "connect",
            mixinStandardHelpOptions = true,
            description =
                    "Make connections from one host to another and print what became of them.")
    int connect(
            @Mixin StackOption stackOption,
            @Parameters(index = "0", paramLabel = "FROM") String from,
            @Parameters(index = "1", paramLabel = "TO") String to,
            @Parameters(index = "2", paramLabel = "PORT") int port,
            @Option(
                            names = "--count",
                            defaultValue = "1",
                            description = "How many (default: ${DEFAULT-VALUE}).")
                    int count,
            @Option(
                            names = "--udp",
                            description =
                                    "UDP: each asks from a port of its own and waits for an answer.")
                    boolean udp) {
        if (port < 1 || port > 65535 || count < 1) {
            throw new UserError("PORT lies between 1 and 65535, and --count is at least 1.");
        }
        Stack stack = stackOption.running();
        ProjectHome home = ProjectHome.find();
        List<String> command = inNamespace(host(demo(stack), from));
        command.addAll(
                List.of(
                        home.java().toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        home.classPath("cli")));
        command.add(ConnectProbe.class.getName());
        command.addAll(
                List.of(
                        host(demo(stack), to).address(),
                        Integer.toString(port),
                        Integer.toString(count),
                        udp ? "udp" : "tcp"));
        Shell.Result result = Shell.run(command);
        if (result.exitCode() != 0) {
            throw new UserError("The probe failed: " + result.output().strip());
        }
        Output.print(Output.Format.JSON, truth(from, to, port, udp, result.output()));
        return 0;
    }

    private static ObjectNode truth(String from, String to, int port, boolean udp, String outcome) {
        ObjectNode truth =
                Output.JSON
                        .createObjectNode()
                        .put("from", from)
                        .put("to", to)
                        .put("port", port)
                        .put("protocol", udp ? "udp" : "tcp");
        try {
            truth.setAll((ObjectNode) Output.JSON.readTree(outcome));
        } catch (JsonProcessingException notJson) {
            throw new UserError("The probe failed: " + outcome.strip());
        }
        return truth;
    }

    private static List<String> inNamespace(HostEntry host) {
        return new ArrayList<>(List.of("ip", "netns", "exec", host.networkNamespace()));
    }

    private static DemoEntry demo(Stack stack) {
        DemoEntry demo = stack.demo();
        if (demo == null) {
            throw new UserError(
                    "This stack runs without the demo; start it with 'ringfence up --demo'.");
        }
        return demo;
    }

    private static HostEntry host(DemoEntry demo, String name) {
        return demo.hosts().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                3,
                                "There is no host '"
                                        + name
                                        + "'; there are "
                                        + String.join(
                                                ", ",
                                                demo.hosts().stream().map(HostEntry::name).toList())
                                        + "."));
    }
}
