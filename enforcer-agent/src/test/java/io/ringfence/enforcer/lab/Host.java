package io.ringfence.enforcer.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A network namespace. What is called in it runs on threads that live there: their sockets and
/// child processes do, too.
public final class Host implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETNS =
            function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final String namespace;
    private final ExecutorService threads;

    Host(String namespace) {
        this.namespace = namespace;
        threads =
                Executors.newCachedThreadPool(task ->
                        Thread.ofPlatform()
                                .daemon()
                                .name(namespace)
                                .unstarted(() -> {
                                    enter();
                                    task.run();
                                }));
    }

    public String namespace() {
        return namespace;
    }

    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    public <T> Future<T> start(Callable<T> action) {
        return threads.submit(action);
    }

    public Future<?> startAction(Action action) {
        return threads.submit(() -> {
            action.run();
            return null;
        });
    }

    public <T> T call(Callable<T> action) throws Exception {
        try {
            return start(action).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }

    public void run(Action action) throws Exception {
        call(() -> {
            action.run();
            return null;
        });
    }

    public String command(String commandLine) throws Exception {
        return call(() -> Commands.run(commandLine));
    }

    private void enter() {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor =
                    (int) OPEN.invokeExact(arena.allocateFrom("/run/netns/" + namespace), 0x80000);
            if (descriptor < 0 || (int) SETNS.invokeExact(descriptor, CLONE_NEWNET) < 0) {
                throw new IOException("cannot enter network namespace " + namespace);
            }
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        Commands.run("ip netns delete " + namespace);
    }
}
