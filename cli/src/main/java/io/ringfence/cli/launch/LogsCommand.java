package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.StackOption;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringfence logs SERVICE`.
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Print a process's log.")
public final class LogsCommand implements Callable<Integer> {
    private static final int CHUNK = 64 * 1024;

    @Mixin private StackOption stackOption = new StackOption();

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            description = "A name from 'ringfence status'.")
    private String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is added.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = stackOption.folder();
        Path log = folder.log(service);
        if (service.contains("/") || !Files.isRegularFile(log)) {
            throw new UserError(
                    3, "There is no log of '" + service + "'; there are: " + known(folder) + ".");
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] chunk = new byte[CHUNK];
            while (true) {
                int read = file.read(chunk);
                if (read > 0) {
                    System.out.write(chunk, 0, read);
                    System.out.flush();
                } else if (follow) {
                    TimeUnit.MILLISECONDS.sleep(200);
                } else {
                    return 0;
                }
            }
        }
    }

    private static String known(DataFolder folder) throws IOException {
        if (!Files.isDirectory(folder.logs())) {
            return "none";
        }
        try (Stream<Path> logs = Files.list(folder.logs())) {
            return logs.map(log -> log.getFileName().toString().replaceFirst("\\.log$", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
