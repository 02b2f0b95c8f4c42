package io.ringfence.identity.instances;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Ports;
import io.ringfence.testkit.installation.ServiceProcess;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One of several processes of the service on one database. Its connections to that bear its name.
final class Instance {
    private final String name;
    private final Principal place;
    private final AssertedClient administrator;
    private @Nullable ServiceProcess process;

    /// @param place whose ports it has
    Instance(String name, Principal place) {
        this.name = name;
        this.place = place;
        this.administrator =
                AssertedClient.of(
                        TestInstallation.get(), place, Principal.IDENTITY_SERVICE.commonName());
    }

    String name() {
        return name;
    }

    AssertedClient administrator() {
        return administrator;
    }

    /// Returns once it is ready.
    void start() {
        Ports ports = TestInstallation.get().installation().ports();
        try {
            process =
                    ServiceProcess.start(
                            Principal.IDENTITY_SERVICE,
                            name,
                            Map.of(
                                    "quarkus.http.ssl-port",
                                    Integer.toString(ports.service(place)),
                                    "quarkus.management.port",
                                    Integer.toString(ports.management(place)),
                                    "quarkus.datasource.jdbc.additional-jdbc-properties.ApplicationName",
                                    name));
        } catch (IOException e) {
            throw new AssertionError(name + " does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// `kill -9`
    void kill() throws InterruptedException {
        Objects.requireNonNull(process).kill();
    }

    void stop() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }
}
