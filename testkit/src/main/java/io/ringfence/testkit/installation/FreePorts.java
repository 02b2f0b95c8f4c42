package io.ringfence.testkit.installation;

import io.ringfence.embedded.init.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A base whose ports nobody uses at the moment, below those that the system gives to clients.
final class FreePorts {
    private static final int LOWEST = 10;
    private static final int HIGHEST = 31;
    private static final int ATTEMPTS = 50;

    private FreePorts() {}

    static Ports find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST) * 1_000 + 500;
            Ports ports = new Ports(base);
            if (isFree(ports)) {
                return ports;
            }
        }
        throw new IllegalStateException("no free ports between 10500 and 31500");
    }

    private static boolean isFree(Ports ports) {
        int base = ports.base();
        IntStream services = IntStream.rangeClosed(base + 100, base + 104);
        IntStream management = IntStream.rangeClosed(base + 200, base + 204);
        IntStream rest =
                IntStream.of(
                        ports.api(),
                        ports.apiTls(),
                        ports.kafkaInternal(),
                        ports.kafkaEnforcers(),
                        ports.kafkaController(),
                        ports.postgres(),
                        ports.victoriaMetrics());
        return IntStream.concat(rest, IntStream.concat(services, management))
                .allMatch(FreePorts::isFree);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
