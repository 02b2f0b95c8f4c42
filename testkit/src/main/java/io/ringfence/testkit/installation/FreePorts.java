package io.ringfence.testkit.installation;

import io.ringfence.embedded.init.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A base whose ports nobody uses at the moment, below those that the system gives to clients. Test
/// JVMs that run side by side keep off each other's by a lock that lives as long as the JVM.
final class FreePorts {
    private static final int LOWEST = 10;
    private static final int HIGHEST = 31;
    private static final int ATTEMPTS = 200;
    private static final Queue<FileLock> HELD = new ConcurrentLinkedQueue<>();

    private FreePorts() {}

    static Ports find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST) * 1_000 + 500;
            Ports ports = new Ports(base);
            if (isFree(ports) && isOurs(base)) {
                return ports;
            }
        }
        throw new IllegalStateException("no free ports between 10500 and 31500");
    }

    /// Taken once and never given back: the file system does that when the JVM ends.
    private static boolean isOurs(int base) {
        Path locks = Path.of(System.getProperty("java.io.tmpdir"), "ringfence-test-ports");
        try {
            Files.createDirectories(locks);
            FileChannel channel =
                    FileChannel.open(
                            locks.resolve(base + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD.add(lock);
            return true;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
