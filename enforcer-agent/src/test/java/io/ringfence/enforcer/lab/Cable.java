package io.ringfence.enforcer.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/// Two hosts on one cable: `near` is where an enforcer is tested, `far` is everybody else and has
/// many addresses.
///
/// Names carry the process id; what a killed run left behind is swept by the next.
public final class Cable implements AutoCloseable {
    public static final String NEAR = "10.99.0.1";
    public static final String NEAR6 = "fd99::1";

    /// Addresses of `far`: 10.99.0.2 to 10.99.0.9 and fd99::2 to fd99::9.
    public static final String FAR = "10.99.0.2";

    public static final String OTHER = "10.99.0.3";
    public static final String FAR6 = "fd99::2";
    public static final String OTHER6 = "fd99::3";

    private static final String PREFIX = "rfk-";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Host near;
    private final Host far;

    private Cable(Host near, Host far) {
        this.near = near;
        this.far = far;
    }

    public Host near() {
        return near;
    }

    public Host far() {
        return far;
    }

    public static Cable lay() throws Exception {
        Assumptions.assumeTrue(isRoot(), "network namespaces need root");
        sweep();
        String id = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Host near = host(id + "n");
        Host far = host(id + "f");
        Commands.run(
                "ip link add wire netns "
                        + near.namespace()
                        + " type veth peer name wire netns "
                        + far.namespace());
        configure(near, NEAR, NEAR6);
        configure(far, FAR, FAR6);
        for (int number = 3; number <= 9; number++) {
            far.command("ip address add 10.99.0." + number + "/24 dev wire");
            far.command("ip address add fd99::" + number + "/64 dev wire nodad");
        }
        return new Cable(near, far);
    }

    private static Host host(String name) throws Exception {
        Commands.run("ip netns add " + name);
        return new Host(name);
    }

    private static void configure(Host host, String address, String address6) throws Exception {
        host.command("ip link set lo up");
        host.command("ip link set wire up");
        host.command("ip address add " + address + "/24 dev wire");
        host.command("ip address add " + address6 + "/64 dev wire nodad");
    }

    private static boolean isRoot() throws IOException {
        return Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"));
    }

    private static void sweep() throws Exception {
        for (String line : Commands.run("ip netns list").split("\n")) {
            String name = line.split(" ", -1)[0];
            if (name.startsWith(PREFIX)) {
                long pid = Long.parseLong(name.split("-", -1)[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    Commands.run("ip netns delete " + name);
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        near.close();
        far.close();
    }
}
