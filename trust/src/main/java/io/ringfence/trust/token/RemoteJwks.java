package io.ringfence.trust.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Keys from a JWKS address. Fetched when a key is asked for that is not known, at most every five
/// seconds (so forged key ids cost nothing), and again after fifteen, so that withdrawn keys go.
/// While the address does not answer, the keys that were known stay.
///
/// The first question after such a pause waits for the answer (at most two seconds); ask from a
/// thread that may block.
public final class RemoteJwks implements JwksSource {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpRequest request;
    private final HttpClient client;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile JwksDocument known = new JwksDocument(Map.of());
    private volatile Instant asked = Instant.MIN;
    private volatile Instant answered = Instant.MIN;

    public RemoteJwks(URI address) {
        this(address, HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), Clock.systemUTC());
    }

    public RemoteJwks(URI address, HttpClient client, Clock clock) {
        this.request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<ECPublicKey> key(String keyId) {
        Optional<ECPublicKey> key = known.key(keyId);
        if (key.isPresent() && since(answered).compareTo(FRESH) < 0) {
            return key;
        }
        fetch();
        return known.key(keyId);
    }

    private void fetch() {
        fetching.lock();
        try {
            if (since(asked).compareTo(PAUSE) < 0) {
                return;
            }
            asked = clock.instant();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                known = JwksDocument.parse(response.body());
                answered = clock.instant();
            }
        } catch (IOException | IllegalArgumentException unavailable) {
            System.getLogger(RemoteJwks.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "No token keys from {0}: {1}",
                            request.uri(),
                            unavailable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fetching.unlock();
        }
    }

    private Duration since(Instant moment) {
        return moment.equals(Instant.MIN)
                ? Duration.ofDays(1)
                : Duration.between(moment, clock.instant());
    }
}
