package io.ringfence.cli.launch;

import io.ringfence.cli.output.Output;
import io.ringfence.cli.output.OutputOption;
import io.ringfence.cli.stack.Processes;
import io.ringfence.cli.stack.Stack;
import io.ringfence.cli.stack.Stack.ProcessEntry;
import io.ringfence.cli.stack.StackOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringfence status`. Exit code 0 when the stack is ready, 1 otherwise.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show the stack's processes.")
public final class StatusCommand implements Callable<Integer> {
    private static final int MEBIBYTE = 1024 * 1024;

    @Mixin private StackOption stackOption = new StackOption();
    @Mixin private OutputOption outputOption = new OutputOption();

    @Override
    public Integer call() {
        Stack stack = stackOption.stack();
        boolean supervised = stack.supervised();
        boolean ready = supervised && stack.phase() == Stack.Phase.READY;
        List<Map<String, Object>> processes = new ArrayList<>();
        for (ProcessEntry entry : stack.processes()) {
            boolean runs = Processes.runs(entry.pid(), entry.started());
            ready = ready && runs && entry.status().equals("Operational");
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", entry.name());
            row.put("pid", runs ? entry.pid() : 0);
            row.put("url", entry.url());
            row.put("status", runs ? entry.status() : "Offline");
            row.put("residentMemory", runs ? Processes.residentBytes(entry.pid()) : 0);
            processes.add(row);
        }
        if (outputOption.format() == Output.Format.TABLE) {
            processes.forEach(row ->
                    row.computeIfPresent(
                            "residentMemory", (name, bytes) -> (long) bytes / MEBIBYTE + " MiB"));
            Output.table(List.of("name", "pid", "url", "status", "residentMemory"), processes);
            System.out.println();
            System.out.println(
                    (ready ? "ready" : supervised ? stack.progress() : "not running")
                            + " · API "
                            + stack.apiUrl());
        } else {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("ready", ready);
            answer.put(
                    "phase",
                    supervised
                            ? stack.phase().name().toLowerCase(java.util.Locale.ROOT)
                            : "stopped");
            answer.put("apiUrl", stack.apiUrl());
            answer.put("consoleUrl", stack.consoleUrl());
            answer.put("tlsUrl", stack.tlsUrl());
            answer.put("adminCredential", stack.adminCredential());
            answer.put("dataDir", stack.dataDir());
            answer.put("processes", processes);
            Output.print(outputOption.format(), answer);
        }
        return ready ? 0 : 1;
    }
}
