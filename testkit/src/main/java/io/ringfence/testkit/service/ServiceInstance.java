package io.ringfence.testkit.service;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Ports;
import io.ringfence.testkit.installation.ServiceProcess;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One of several processes of a service on one database. Its connections to that bear its name.
public final class ServiceInstance {
    private final Principal service;
    private final String name;
    private final Principal place;
    private final AssertedClient administrator;
    private @Nullable ServiceProcess process;

    /// @param place whose ports it has
    public ServiceInstance(Principal service, String name, Principal place) {
        this.service = service;
        this.name = name;
        this.place = place;
        this.administrator = AssertedClient.of(TestInstallation.get(), place, service.commonName());
    }

    public String name() {
        return name;
    }

    /// The administrator by way of the gateway, at this instance.
    public AssertedClient administrator() {
        return administrator;
    }

    public int managementPort() {
        return ports().management(place);
    }

    /// Returns once it is ready.
    public void start() {
        try {
            process =
                    ServiceProcess.start(
                            service,
                            name,
                            Map.of(
                                    "quarkus.http.ssl-port",
                                    Integer.toString(ports().service(place)),
                                    "quarkus.management.port",
                                    Integer.toString(managementPort()),
                                    "quarkus.datasource.jdbc.additional-jdbc-properties.ApplicationName",
                                    name));
        } catch (IOException e) {
            throw new AssertionError(name + " does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Ports ports() {
        return TestInstallation.get().installation().ports();
    }

    /// `kill -9`
    public void kill() throws InterruptedException {
        Objects.requireNonNull(process).kill();
    }

    public void stop() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }
}
