package io.ringfence.embedded.init;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Makes an installation: `Init <data folder> <port base> [<advertised address>[,…]]`.
public final class Init {
    private Init() {}

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: Init <data folder> <port base> [<advertised address>,…]");
            System.exit(2);
        }
        try {
            Installation installation =
                    Installation.create(
                            Path.of(arguments[0]),
                            new Ports(Integer.parseInt(arguments[1])),
                            arguments.length > 2 ? addresses(arguments[2]) : List.of());
            System.out.println("console " + installation.consoleId());
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<String> addresses(String list) {
        return Arrays.stream(list.split(",")).filter(address -> !address.isBlank()).toList();
    }
}
