package io.ringfence.testkit.installation;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The packaged service of the module whose tests run, as a process of its own, as the launcher
/// starts it.
public final class ServiceProcess implements AutoCloseable {
    private final ServerProcess process;

    private ServiceProcess(ServerProcess process) {
        this.process = process;
    }

    /// Returns once it is ready.
    public static ServiceProcess start(Principal service) throws IOException, InterruptedException {
        return start(service, service.commonName(), Map.of());
    }

    /// One of several instances; returns once it is ready.
    ///
    /// @param name of its log and its configuration
    /// @param differing what it is told otherwise than the first one: the ports at least
    public static ServiceProcess start(
            Principal service, String name, Map<String, String> differing)
            throws IOException, InterruptedException {
        Map<String, String> keys = TestInstallation.get().configurationOf(service);
        keys.putAll(differing);
        return new ServiceProcess(TestInstallation.get().service(name, keys));
    }

    /// What it used of the processors since it started.
    public Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /// `kill -9`
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
