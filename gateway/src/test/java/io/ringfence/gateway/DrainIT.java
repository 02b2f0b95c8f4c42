package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DrainProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class DrainIT {
    @Inject Event<ShutdownDelayInitiatedEvent> stopping;

    @Test
    void finishesWhatIsUnderWayAndTakesNothingNew() throws Exception {
        try (TestDoor door = new TestDoor()) {
            door.makeAcme();
            URI address =
                    URI.create(
                            "ws://127.0.0.1:"
                                    + door.installation.ports().api()
                                    + "/events?namespace=/acme&token="
                                    + door.tokens.of("alice"));
            EventsClient events = EventsClient.connect(address);
            door.console.changed(
                    ChangeFixture.created(ObjectFixture.processingUnit("last").in("/acme")));
            assertThat(events.next().path("position").asText()).isNotEmpty();
            Runnable release = door.policy.holdingAt("/externalnetworks/5f0");
            CompletableFuture<HttpResponse<String>> underWay =
                    CompletableFuture.supplyAsync(
                            () -> door.send(door.get("/externalnetworks/5f0", "/acme")));
            await().atMost(Duration.ofSeconds(10)).until(() -> !door.policy.received.isEmpty());

            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(
                            () -> stopping.fire(new ShutdownDelayInitiatedEvent()));

            assertThat(events.closedWith()).isEqualTo(1001);
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            door.send(door.get("/externalnetworks", "/acme")).statusCode() == 503);
            assertError(door.send(door.get("/externalnetworks", "/acme")), 503);
            assertThat(stopped).isNotDone();
            release.run();
            assertThat(underWay.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }
}
