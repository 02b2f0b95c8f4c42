package io.ringfence.policy.share;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Ports;
import io.ringfence.testkit.installation.ServiceProcess;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of several processes of the service.
final class Instance {
    private final String name;
    private final Principal place;
    private final AssertedClient gateway;
    private @Nullable ServiceProcess process;

    /// @param place whose ports it has
    Instance(String name, Principal place) {
        this.name = name;
        this.place = place;
        this.gateway =
                AssertedClient.of(
                        TestInstallation.get(), place, Principal.POLICY_SERVICE.commonName());
    }

    /// Returns once it is ready.
    void start() {
        Ports ports = TestInstallation.get().installation().ports();
        try {
            process =
                    ServiceProcess.start(
                            Principal.POLICY_SERVICE,
                            name,
                            Map.of(
                                    "quarkus.http.ssl-port",
                                    Integer.toString(ports.service(place)),
                                    "quarkus.management.port",
                                    Integer.toString(ports.management(place))));
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

    /// As the gateway gets it; empty while the service says that it is not announced.
    Optional<PolicySnapshot> policy(String enforcerId) {
        HttpRequest request =
                gateway.request("GET", "/internal/policysnapshots/" + enforcerId, null)
                        .setHeader("Accept", "application/x-protobuf")
                        .build();
        HttpResponse<byte[]> answer = gateway.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() == 503) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(
                    PolicySnapshot.parseFrom(SignedPolicy.parseFrom(answer.body()).getContent()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// What part of the work it does.
    double share() {
        return metric("ringfence_policy_share ");
    }

    private double metric(String start) {
        int port = TestInstallation.get().installation().ports().management(place);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
                        .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(start))
                    .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
