package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The programs Ringfence needs from the system. Installed where that is possible (Debian or
/// Ubuntu, as root), named otherwise.
final class SystemPackages {
    private static final List<String> FOLDERS =
            List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/usr/local/sbin");
    private static final Map<String, String> STACK = Map.of("victoria-metrics", "victoria-metrics");
    private static final Map<String, String> DEMO =
            Map.of("nft", "nftables", "ip", "iproute2", "conntrack", "conntrack");

    private SystemPackages() {}

    static void require(boolean demo) {
        Map<String, String> needed = new LinkedHashMap<>(STACK);
        if (demo) {
            needed.putAll(DEMO);
        }
        TreeSet<String> missing = missing(needed);
        if (missing.isEmpty()) {
            return;
        }
        String command = "apt-get install -y --no-install-recommends " + String.join(" ", missing);
        if (!isRoot() || find("apt-get") == null) {
            throw new UserError(
                    "Missing on this machine: "
                            + String.join(", ", missing)
                            + ". Install with: sudo "
                            + command);
        }
        System.err.println("Installing " + String.join(", ", missing) + " ...");
        run("apt-get", "update", "-qq");
        run(command.split(" "));
        TreeSet<String> still = missing(needed);
        if (!still.isEmpty()) {
            throw new UserError(
                    "Could not install " + String.join(", ", still) + "; try by hand: " + command);
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static TreeSet<String> missing(Map<String, String> needed) {
        TreeSet<String> missing = new TreeSet<>();
        needed.forEach((program, systemPackage) -> {
            if (find(program) == null) {
                missing.add(systemPackage);
            }
        });
        return missing;
    }

    private static @org.jspecify.annotations.Nullable Path find(String program) {
        for (String folder : FOLDERS) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static void run(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            builder.start().waitFor();
        } catch (IOException cannotRun) {
            throw new UserError("Cannot run " + command[0] + ": " + cannotRun.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
