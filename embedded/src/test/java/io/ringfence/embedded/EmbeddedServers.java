package io.ringfence.embedded;

import io.ringfence.embedded.init.Installation;
import io.ringfence.embedded.init.Ports;
import io.ringfence.embedded.process.ReadyMark;
import io.ringfence.embedded.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Starts this module's servers as the launcher does, from the packaged jar.
public final class EmbeddedServers {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private EmbeddedServers() {}

    /// On ports that are free at the moment.
    public static Installation install(Path folder) {
        while (true) {
            Ports ports = new Ports(ThreadLocalRandom.current().nextInt(10, 31) * 1_000);
            if (IntStream.of(92, 93, 94, 100, 432)
                    .map(d -> ports.base() + d)
                    .allMatch(EmbeddedServers::free)) {
                return Installation.create(folder, ports, List.of());
            }
        }
    }

    public static ServerProcess kafka(Installation installation)
            throws IOException, InterruptedException {
        return start(installation, "kafka", "kafka.KafkaServer", 384);
    }

    public static ServerProcess postgres(Installation installation)
            throws IOException, InterruptedException {
        return start(installation, "postgres", "postgres.PostgresServer", 64);
    }

    private static ServerProcess start(
            Installation installation, String name, String mainClass, int heapMegabytes)
            throws IOException, InterruptedException {
        return ServerProcess.startJava(
                "target/*:target/lib/*",
                "io.ringfence.embedded." + mainClass,
                installation.folder().config(name),
                heapMegabytes,
                installation.folder().logs().resolve(name + ".log"),
                new ReadyMark(installation.folder().readyMark(name)),
                PATIENCE);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
