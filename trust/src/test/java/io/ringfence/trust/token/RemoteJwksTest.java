package io.ringfence.trust.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringfence.trust.certificate.KeyPairs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteJwksTest {
    private final ECPublicKey first = (ECPublicKey) KeyPairs.generate().getPublic();
    private final ECPublicKey second = (ECPublicKey) KeyPairs.generate().getPublic();
    private final AtomicInteger asked = new AtomicInteger();
    private final MovableClock clock = new MovableClock();
    private volatile String document = JwksDocument.of(first).toJson();
    private HttpServer server;
    private RemoteJwks keys;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = document.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        keys =
                new RemoteJwks(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        HttpClient.newHttpClient(),
                        clock);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesOnceForAKnownKey() {
        assertThat(keys.key(JwksDocument.keyId(first))).contains(first);
        assertThat(keys.key(JwksDocument.keyId(first))).contains(first);
        assertThat(asked).hasValue(1);
    }

    @Test
    void seesANewKeyAfterAPauseButNotForEveryForgedId() {
        assertThat(keys.key("forged")).isEmpty();
        document = JwksDocument.of(second).toJson();
        assertThat(keys.key(JwksDocument.keyId(second))).isEmpty();
        assertThat(asked).hasValue(1);

        clock.move(Duration.ofSeconds(6));

        assertThat(keys.key(JwksDocument.keyId(second))).contains(second);
    }

    @Test
    void keepsItsKeysWhileTheAddressIsSilent() {
        assertThat(keys.key(JwksDocument.keyId(first))).contains(first);
        server.stop(0);
        clock.move(Duration.ofMinutes(10));

        assertThat(keys.key(JwksDocument.keyId(first))).contains(first);
    }

    @Test
    void dropsAWithdrawnKey() {
        assertThat(keys.key(JwksDocument.keyId(first))).contains(first);
        document = JwksDocument.of(second).toJson();
        clock.move(Duration.ofMinutes(10));

        assertThat(keys.key(JwksDocument.keyId(first))).isEmpty();
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T12:00:00Z");

        void move(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
