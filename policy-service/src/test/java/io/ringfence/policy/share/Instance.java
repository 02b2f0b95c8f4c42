package io.ringfence.policy.share;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.service.ServiceInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One of several processes of the service.
final class Instance {
    private final ServiceInstance process;

    /// @param place whose ports it has
    Instance(String name, Principal place) {
        this.process = new ServiceInstance(Principal.POLICY_SERVICE, name, place);
    }

    /// Returns once it is ready.
    void start() {
        process.start();
    }

    /// `kill -9`
    void kill() throws InterruptedException {
        process.kill();
    }

    void stop() throws InterruptedException {
        process.stop();
    }

    /// As the gateway gets it; empty while the service says that it is not announced.
    Optional<PolicySnapshot> policy(String enforcerId) {
        HttpRequest request =
                process.administrator()
                        .request("GET", "/internal/policysnapshots/" + enforcerId, null)
                        .setHeader("Accept", "application/x-protobuf")
                        .build();
        HttpResponse<byte[]> answer =
                process.administrator().send(request, BodyHandlers.ofByteArray());
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

    /// As the gateway passes it on; returns once it is kept.
    void receive(String enforcerId, PolicyReceipt receipt) {
        HttpRequest request =
                process.administrator()
                        .request("POST", "/internal/policyreceipts/" + enforcerId, null)
                        .setHeader("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(receipt.toByteArray()))
                        .build();
        HttpResponse<byte[]> answer =
                process.administrator().send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(
                    answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    /// What the broker did not take.
    double refused() {
        return metric("ringfence_policy_published_total{outcome=\"failed\"} ");
    }

    /// What part of the work it does.
    double share() {
        return metric("ringfence_policy_share ");
    }

    private double metric(String start) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + process.managementPort()
                                                + "/q/metrics"))
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
