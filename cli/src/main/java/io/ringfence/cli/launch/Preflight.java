package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.Ports;
import io.ringfence.cli.stack.Stack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/// What must be true before anything is started; each problem is one sentence.
final class Preflight {
    private Preflight() {}

    /// Holds the folder for this supervisor. Kept open as long as the process lives.
    static FileLock lock(DataFolder folder) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw alreadyUp(folder);
            }
            return lock;
        } catch (IOException unwritable) {
            throw new UserError(
                    "The data folder "
                            + folder.path()
                            + " cannot be written ("
                            + unwritable
                            + "); choose another with --data-dir.");
        }
    }

    static void notRunning(DataFolder folder) {
        if (Stack.read(folder).filter(Stack::supervised).isPresent()) {
            throw alreadyUp(folder);
        }
    }

    static void portsFree(Ports ports) {
        for (int port : ports.all()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress("127.0.0.1", port));
            } catch (IOException taken) {
                throw new UserError(
                        "Port "
                                + port
                                + " is taken by another program; choose a free range with --port-base (now "
                                + ports.base()
                                + ", used up to +999).");
            }
        }
    }

    private static UserError alreadyUp(DataFolder folder) {
        return new UserError(
                5,
                "A stack is already up in "
                        + folder.path()
                        + "; see 'ringfence status', or stop it with 'ringfence down'.");
    }
}
