package io.ringfence.cli.demo;

import io.ringfence.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// A bridge, and a network namespace per host. Names carry the stack's port base and the subnet is
/// free when it is chosen, so stacks never meet.
record DemoNetwork(int portBase, String bridge, String subnet) {
    private static final String BRIDGE_PREFIX = "rfbr";

    static DemoNetwork choose(int portBase) {
        String bridge = BRIDGE_PREFIX + portBase;
        String taken = Shell.run("ip", "-4", "-o", "addr", "show").output();
        for (int tried = 0; tried < 256; tried++) {
            String subnet = "10.77." + (portBase / 100 + tried) % 256;
            boolean free =
                    taken.lines()
                            .noneMatch(line ->
                                    line.contains(" " + subnet + ".") && !line.contains(bridge));
            if (free) {
                return new DemoNetwork(portBase, bridge, subnet);
            }
        }
        throw new UserError("No free subnet below 10.77.0.0/16 for the demo's bridge.");
    }

    String bridgeAddress() {
        return subnet + ".1";
    }

    String addressOf(DemoHost host) {
        return subnet + "." + host.lastOctet();
    }

    String namespaceOf(DemoHost host) {
        return "rf" + portBase + "-" + host.name();
    }

    private String cableOf(DemoHost host) {
        return "rf" + portBase + "v" + host.lastOctet();
    }

    void raiseBridge() {
        Shell.must("ip", "link", "add", bridge, "type", "bridge");
        Shell.must("ip", "addr", "add", bridgeAddress() + "/24", "dev", bridge);
        Shell.must("ip", "link", "set", bridge, "up");
    }

    void raiseHost(DemoHost host) {
        String namespace = namespaceOf(host);
        String cable = cableOf(host);
        writeNames(namespace);
        Shell.must("ip", "netns", "add", namespace);
        Shell.must(
                "ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns",
                namespace);
        Shell.must("ip", "link", "set", cable, "master", bridge, "up");
        Shell.must("ip", "-n", namespace, "link", "set", "lo", "up");
        Shell.must("ip", "-n", namespace, "addr", "add", addressOf(host) + "/24", "dev", "eth0");
        Shell.must("ip", "-n", namespace, "link", "set", "eth0", "up");
        Shell.must("ip", "-n", namespace, "route", "add", "default", "via", bridgeAddress());
    }

    /// `ip netns exec` shows these files as /etc/hosts and /etc/resolv.conf: the hosts know each
    /// other's names, and ask nobody else.
    private void writeNames(String namespace) {
        String names =
                DemoHost.ALL.stream()
                        .map(host -> addressOf(host) + " " + host.name() + "\n")
                        .collect(Collectors.joining());
        try {
            Path folder = Path.of("/etc/netns", namespace);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n" + names);
            Files.writeString(folder.resolve("resolv.conf"), "# no resolver on this host\n");
        } catch (IOException unwritable) {
            throw new UserError(
                    "Cannot write /etc/netns/" + namespace + ": " + unwritable.getMessage());
        }
    }

    /// Ends what runs on the hosts and removes everything this network made, as far as it is there.
    void sweep() {
        for (DemoHost host : DemoHost.ALL) {
            String namespace = namespaceOf(host);
            if (Files.exists(Path.of("/run/netns", namespace))) {
                Shell.run("ip", "netns", "pids", namespace)
                        .output()
                        .lines()
                        .filter(line -> line.matches("\\d+"))
                        .forEach(pid ->
                                ProcessHandle.of(Long.parseLong(pid))
                                        .ifPresent(ProcessHandle::destroyForcibly));
                Shell.run("ip", "netns", "del", namespace);
            }
            Shell.run("ip", "link", "del", cableOf(host));
            removeNames(namespace);
        }
        Shell.run("ip", "link", "del", bridge);
    }

    private static void removeNames(String namespace) {
        try {
            Path folder = Path.of("/etc/netns", namespace);
            Files.deleteIfExists(folder.resolve("hosts"));
            Files.deleteIfExists(folder.resolve("resolv.conf"));
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            System.err.println(
                    "ringfence: cannot remove /etc/netns/" + namespace + ": " + left.getMessage());
        }
    }
}
