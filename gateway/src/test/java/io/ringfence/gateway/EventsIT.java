package io.ringfence.gateway;

import static io.ringfence.gateway.ChangeFixture.created;
import static io.ringfence.gateway.ChangeFixture.deleted;
import static io.ringfence.gateway.ChangeFixture.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.msgpack.core.MessagePack;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class EventsIT {
    private final TestInstallation installation = TestInstallation.get();
    private final ConsoleState console = new ConsoleState();
    private final TestTokens tokens = new TestTokens();
    private final String run = UUID.randomUUID().toString();

    @BeforeEach
    void makeNamespaces() {
        for (String namespace : List.of("/acme", "/acme/shop", "/beta", "/gamma")) {
            console.namespace(namespace);
        }
        console.authorization("root", "/", "root", "@auth:role=namespace.administrator");
        console.authorization("vera", "/acme", "vera", "@auth:role=namespace.viewer");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        EventsClient.refusal(events("vera", "/acme/shop", "")) == 101
                                && EventsClient.refusal(events("root", "/", "")) == 101
                                && EventsClient.refusal(events("root", "/gamma", "")) == 101);
    }

    @Test
    void tellsWhatChangesInTheNamespaceAndBelow() throws Exception {
        ObjectFixture pu = ObjectFixture.processingUnit("web-" + run).in("/acme/shop");
        try (EventsClient all = EventsClient.connect(events("vera", "/acme", "&mode=all"));
                EventsClient one = EventsClient.connect(events("vera", "/acme", ""))) {

            console.changed(
                    created(pu), deleted(pu, 2), created(pu.in("/beta")), created(pu.in("/acme")));

            JsonNode frame = all.next();
            assertThat(frame.path("identity").asText()).isEqualTo("processingunit");
            assertThat(frame.path("type").asText()).isEqualTo("create");
            assertThat(frame.path("encoding").asText()).isEqualTo("application/json");
            assertThat(Instant.parse(frame.path("timestamp").asText())).isBefore(Instant.now());
            assertThat(frame.path("entity").path("ID").asText()).isEqualTo(pu.id());
            assertThat(frame.path("entity").path("namespace").asText()).isEqualTo("/acme/shop");
            assertThat(frame.path("position").asText()).isNotEmpty();
            assertThat(all.next().path("type").asText()).isEqualTo("delete");
            assertThat(all.next().path("entity").path("namespace").asText()).isEqualTo("/acme");
            assertThat(one.next().path("entity").path("namespace").asText()).isEqualTo("/acme");
            assertThat(one.frames).isEmpty();
        }
    }

    /// The storm of issue 3: every change exactly once, and those of one object in order, although
    /// the connection breaks all the time and most of what was missed is not in memory any more.
    @Test
    void missesNothingAndRepeatsNothingAcrossReconnects() throws Exception {
        int changes = 10_000;
        Random random = new Random(5);
        EventsClient client = EventsClient.connect(events("root", "/", "&mode=all&position="));
        String position = client.next().path("position").asText();
        CompletableFuture<Void> storm =
                CompletableFuture.runAsync(() -> storm(changes), Thread::startVirtualThread);
        Map<String, Long> revisions = new HashMap<>();
        int seen = 0;
        int connections = 1;
        while (seen < changes) {
            for (int left = 1 + random.nextInt(600); left > 0 && seen < changes; left--) {
                JsonNode frame = client.next();
                position = frame.path("position").asText();
                if (isOfThisRun(frame)) {
                    String id = frame.path("entity").path("ID").asText();
                    long revision = frame.path("entity").path("revision").asLong();
                    assertThat(revision)
                            .as("%s after %s", id, revisions.get(id))
                            .isEqualTo(revisions.getOrDefault(id, 0L) + 1);
                    revisions.put(id, revision);
                    seen++;
                }
            }
            client.close();
            client = EventsClient.connect(events("root", "/", "&mode=all&position=" + position));
            connections++;
        }
        storm.get(1, TimeUnit.MINUTES);
        ObjectFixture after = ObjectFixture.processingUnit("after-" + run).in("/beta");
        console.changed(created(after));
        JsonNode last = client.next();
        while (last.path("type").asText().equals("position")) {
            last = client.next();
        }
        client.close();

        assertThat(last.path("entity").path("ID").asText()).isEqualTo(after.id());
        assertThat(connections).isGreaterThan(15);
        assertThat(counted("ringfence_gateway_event_lookbacks_total")).isPositive();
    }

    @Test
    void waitsForASlowReader() throws Exception {
        int changes = 4_000;
        try (EventsClient slow =
                EventsClient.connectLazily(events("root", "/gamma", "&mode=all"))) {
            List<AuditRecord> all = new ArrayList<>();
            ObjectFixture pu = ObjectFixture.processingUnit("slow-" + run).in("/gamma");
            for (int i = 1; i <= changes; i++) {
                all.add(updated(pu.with("description", "x".repeat(500)), i));
            }
            console.changed(all);

            slow.read(Long.MAX_VALUE);

            for (int i = 1; i <= changes; i++) {
                assertThat(slow.next().path("entity").path("revision").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void sendsOnlyWhatTheClientAskedFor() throws Exception {
        ObjectFixture host = ObjectFixture.processingUnit("host-" + run).in("/acme");
        ObjectFixture docker = host.with("type", "Docker");
        ObjectFixture network =
                ObjectFixture.externalNetwork("net-" + run, "10.0.0.0/8").in("/acme");
        try (EventsClient client =
                EventsClient.connect(events("vera", "/acme", "&enableErrors=true"))) {
            client.send(
                    """
                    {"identities": {"processingunit": ["create", "delete"], "enforcer": null},
                     "filters": {"processingunit": "type == Host and name matches '^host-'"},
                     "parameters": null}
                    """);
            client.send("{\"identities\": {\"processingunit\": [\"made\"]}}");
            assertThat(client.next().path("entity").path("description").asText())
                    .isEqualTo(
                            "The event types of processingunit are create, update, delete and error.");

            console.changed(
                    created(network),
                    created(docker),
                    updated(host, 2),
                    created(host),
                    deleted(host, 3));

            assertThat(client.next().path("type").asText()).isEqualTo("create");
            assertThat(client.next().path("type").asText()).isEqualTo("delete");
            assertThat(client.frames).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an operator that events do not have | {"identities":{"a":[]},"filters":{"a":"b > 3"}} | > does not work for events
                    a list operator                     | {"identities":{"a":[]},"filters":{"a":"b contains [c]"}} | contains and in does not work
                    no operator at all                  | {"identities":{"a":[]},"filters":{"a":"b"}} | The filter of a
                    a filter for nothing                | {"identities":{},"filters":{"a":"b == c"}} | not in identities
                    nonsense                            | {"identities":3} | as an object
                    """)
    void explainsWhatItDoesNotUnderstandToThoseWhoAskForErrors(
            String what, String message, String explanation) throws Exception {
        try (EventsClient told =
                        EventsClient.connect(events("vera", "/acme", "&enableErrors=true"));
                EventsClient untold = EventsClient.connect(events("vera", "/acme", ""))) {
            told.send(message);
            untold.send(message);

            JsonNode frame = told.next();
            assertThat(frame.path("type").asText()).as(what).isEqualTo("error");
            assertThat(frame.path("identity").asText()).isEqualTo("error");
            assertThat(frame.path("entity").path("code").asInt()).isEqualTo(422);
            assertThat(frame.path("entity").path("description").asText()).contains(explanation);
            assertThat(untold.closedWith()).isEqualTo(1007);
        }
    }

    @Test
    void speaksMessagePackToThoseWhoDo() throws Exception {
        ObjectFixture pu = ObjectFixture.processingUnit("packed-" + run).in("/acme");
        try (EventsClient client =
                EventsClient.connect(
                        events("vera", "/acme", ""),
                        "Accept",
                        "application/msgpack",
                        "Content-Type",
                        "application/msgpack")) {
            client.send(
                    BodyFormat.MESSAGE_PACK.write(
                            Map.of(
                                    "identities", Map.of("processingunit", List.of("update")),
                                    "filters", Map.of("processingunit", "name exists"))));
            console.changed(created(pu), updated(pu, 2));

            try (var frame = MessagePack.newDefaultUnpacker(client.nextBinary())) {
                assertThat(frame.unpackMapHeader()).isEqualTo(6);
                assertThat(frame.unpackString()).isEqualTo("entity");
                byte[] entity = frame.readPayload(frame.unpackBinaryHeader());
                assertThat(BodyFormat.MESSAGE_PACK.readObject(entity).path("revision").asInt())
                        .isEqualTo(2);
                assertThat(frame.unpackString()).isEqualTo("identity");
                assertThat(frame.unpackString()).isEqualTo("processingunit");
                assertThat(frame.unpackString()).isEqualTo("type");
                assertThat(frame.unpackString()).isEqualTo("update");
                assertThat(frame.unpackString()).isEqualTo("timestamp");
                assertThat(frame.unpackTimestamp()).isBefore(Instant.now());
                assertThat(frame.unpackString()).isEqualTo("encoding");
                assertThat(frame.unpackString()).isEqualTo("application/msgpack");
            }
        }
    }

    @Test
    void takesTheTokenFromTheHeaderOrTheCookieToo() throws Exception {
        ObjectFixture pu = ObjectFixture.processingUnit("told-" + run).in("/acme");
        URI address = address("/v/1/events?namespace=%2Facme");
        try (EventsClient header =
                        EventsClient.connect(
                                address, "Authorization", "Bearer " + tokens.of("vera"));
                EventsClient cookie =
                        EventsClient.connect(
                                address, "Cookie", Header.TOKEN_COOKIE + "=" + tokens.of("vera"))) {
            console.changed(created(pu));

            assertThat(header.next().path("entity").path("ID").asText()).isEqualTo(pu.id());
            assertThat(cookie.next().path("entity").path("ID").asText()).isEqualTo(pu.id());
        }
    }

    @Test
    void doesNotTakeTheCookieFromPagesOfOtherSites() {
        URI address = address("/events?namespace=/acme");
        String cookie = Header.TOKEN_COOKIE + "=" + tokens.of("vera");
        String here = "http://" + address.getAuthority();

        assertThat(
                        EventsClient.refusal(
                                address, "Cookie", cookie, "Origin", "https://evil.example"))
                .isEqualTo(403);
        assertThat(EventsClient.refusal(address, "Cookie", cookie, "Origin", here)).isEqualTo(101);
        assertThat(
                        EventsClient.refusal(
                                events("vera", "/acme", ""), "Origin", "https://evil.example"))
                .isEqualTo(101);
    }

    @Test
    void showsEachCallerOnlyWhatItMaySee() throws Exception {
        ObjectFixture network =
                ObjectFixture.externalNetwork("seen-" + run, "10.0.0.0/8").in("/acme");
        console.authorization("nat", "/acme", "nat", "externalnetwork,get", "pushsession,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> EventsClient.refusal(events("nat", "/acme", "")) == 101);
        try (EventsClient client = EventsClient.connect(events("nat", "/acme", "&mode=all"))) {
            console.changed(
                    created(ObjectFixture.processingUnit("unseen-" + run).in("/acme")),
                    created(network));

            assertThat(client.next().path("entity").path("ID").asText()).isEqualTo(network.id());
            assertThat(client.frames).isEmpty();
        }
    }

    @Test
    void stopsWhenARightIsRevoked() throws Exception {
        ObjectFixture network =
                ObjectFixture.externalNetwork("rev-" + run, "10.0.0.0/8").in("/acme");
        ObjectFixture marker = ObjectFixture.named("enforcer", "marker-" + run).in("/acme");
        console.authorization("eve-listens", "/acme", "eve", "pushsession,get", "enforcer,get");
        String right = console.authorization("eve", "/acme", "eve", "externalnetwork,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> EventsClient.refusal(events("eve", "/acme", "")) == 101);
        try (EventsClient client = EventsClient.connect(events("eve", "/acme", ""))) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            identitiesSeen(client, network, marker).contains("externalnetwork"));

            console.revoke("/acme", right);

            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            identitiesSeen(client, network, marker).equals(List.of("enforcer")));
        }
    }

    /// Of two changes, the second of which the client may see in any case.
    private List<String> identitiesSeen(
            EventsClient client, ObjectFixture first, ObjectFixture second)
            throws InterruptedException {
        console.changed(updated(first, 2), updated(second, 2));
        List<String> identities = new ArrayList<>();
        while (!identities.contains(second.identity())) {
            identities.add(client.next().path("identity").asText());
        }
        return identities;
    }

    @Test
    void closesWhenTheTokenExpires() throws Exception {
        String token = tokens.validFor("vera", Duration.ofSeconds(5));
        try (EventsClient client =
                EventsClient.connect(address("/v/1/events?namespace=/acme&token=" + token))) {
            assertThat(client.closedWith()).isEqualTo(1008);
        }
    }

    @Test
    void saysThatAPositionIsTooOld() throws Exception {
        EventsClient before = EventsClient.connect(events("root", "/beta", "&position="));
        String position = before.next().path("position").asText();
        before.close();
        List<AuditRecord> more = new ArrayList<>();
        ObjectFixture big =
                ObjectFixture.processingUnit("big-" + run)
                        .in("/beta")
                        .with("description", "x".repeat(10_000));
        for (int i = 1; i <= 100; i++) {
            more.add(updated(big, i));
        }
        console.changed(more);
        forgetEverything();

        try (EventsClient after =
                EventsClient.connect(
                        events("root", "/beta", "&enableErrors=true&position=" + position))) {
            JsonNode frame = after.next();
            while (frame.path("type").asText().equals("position")) {
                frame = after.next();
            }
            assertThat(frame.path("type").asText()).isEqualTo("error");
            assertThat(frame.path("entity").path("code").asInt()).isEqualTo(410);
            assertThat(after.closedWith()).isEqualTo(4410);
        }
    }

    @Test
    void refusesWhoMayNotListen() {
        String vera = "&token=" + tokens.of("vera");
        assertThat(EventsClient.refusal(address("/events?namespace=/acme"))).isEqualTo(401);
        assertThat(
                        EventsClient.refusal(
                                address("/events?namespace=/acme&token=" + tokens.forged("vera"))))
                .isEqualTo(401);
        assertThat(EventsClient.refusal(address("/events?namespace=/beta" + vera))).isEqualTo(403);
        assertThat(EventsClient.refusal(events("root", "/nowhere", ""))).isEqualTo(404);
        assertThat(EventsClient.refusal(address("/events?namespace=acme" + vera))).isEqualTo(400);
        assertThat(EventsClient.refusal(events("vera", "/acme", "&mode=some"))).isEqualTo(400);
        assertThat(EventsClient.refusal(events("vera", "/acme", "&q=a"))).isEqualTo(400);
        assertThat(EventsClient.refusal(events("vera", "/acme", "&position=abc"))).isEqualTo(400);
    }

    @Test
    void takesSoManyConnectionsOfOneCallerAndNoMore() {
        List<EventsClient> held = new ArrayList<>();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        for (int i = held.size(); i < 5; i++) {
                            held.add(EventsClient.connect(events("vera", "/acme", "")));
                        }
                        return true;
                    });

            assertThat(EventsClient.refusal(events("vera", "/acme", ""))).isEqualTo(429);
            assertThat(EventsClient.refusal(events("root", "/acme", ""))).isEqualTo(101);
        } finally {
            held.forEach(EventsClient::close);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> EventsClient.refusal(events("vera", "/acme", "")) == 101);
    }

    @Test
    void neverLogsTheToken() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler recorder = recorder(lines);
        Logger root = Logger.getLogger("");
        root.addHandler(recorder);
        String token = tokens.of("vera");
        String forged = tokens.forged("vera");
        try {
            EventsClient.refusal(address("/events?namespace=/acme&token=" + token));
            EventsClient.refusal(address("/events?namespace=/acme&token=" + forged));
            EventsClient.refusal(address("/events?namespace=/acme&what=1&token=" + token));
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            lines.stream().filter(line -> line.contains("/events")).count() >= 3);
        } finally {
            root.removeHandler(recorder);
        }
        assertThat(lines)
                .noneMatch(line -> line.contains(token))
                .noneMatch(line -> line.contains(forged));
    }

    private static Handler recorder(Queue<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(
                        new org.jboss.logmanager.formatters.PatternFormatter("%s%e")
                                .format(org.jboss.logmanager.ExtLogRecord.wrap(line)));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private void storm(int changes) {
        List<String> namespaces = List.of("/acme", "/acme/shop", "/beta", "/gamma", "/");
        List<AuditRecord> all = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            int object = i % 50;
            ObjectFixture pu =
                    ObjectFixture.processingUnit("storm-" + object + "-" + run)
                            .in(namespaces.get(object % namespaces.size()));
            all.add(updated(pu, 1 + i / 50));
            if (all.size() == 500) {
                console.changed(all);
                all.clear();
            }
        }
        console.changed(all);
    }

    private boolean isOfThisRun(JsonNode frame) {
        return frame.path("entity").path("name").asText().endsWith(run);
    }

    private void forgetEverything() throws Exception {
        try (Admin admin = Admin.create(TestKafka.of(installation).settingsOfSuperuser())) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (int partition = 0; partition < Partitioning.SINGLE_MACHINE; partition++) {
                latest.put(
                        new TopicPartition(Topic.AUDIT_RECORDED.topicName(), partition),
                        OffsetSpec.latest());
            }
            Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            deletions.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(deletions).all().get();
        }
    }

    private double counted(String name) throws Exception {
        return Metrics.of(installation).sum(name);
    }

    private URI events(String account, String namespace, String more) {
        return address(
                "/events?namespace="
                        + URLEncoder.encode(namespace, StandardCharsets.UTF_8)
                        + "&token="
                        + tokens.of(account)
                        + more);
    }

    private URI address(String pathAndQuery) {
        return URI.create(
                "ws://127.0.0.1:" + installation.installation().ports().api() + pathAndQuery);
    }
}
