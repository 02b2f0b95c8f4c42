package io.ringfence.bench.load;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// Runs each [Load] that comes as JSON on standard input, and prints what was [Seen], in a line.
public final class LoadGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MICROSECONDS = 2_000_000;

    private final Load load;
    private final HttpClient client;
    private final RequestOptions request;
    private final int[] histogram = new int[LONGEST_MICROSECONDS + 1];
    private final long firstNumber = ThreadLocalRandom.current().nextLong(1L << 40) << 20;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private long endNanos;
    private long sent;
    private long answered;
    private long failed;
    private int underWay;
    private String firstFailure = "";

    private LoadGenerator(Vertx vertx, Load load) {
        this.load = load;
        URI url = URI.create(load.url());
        boolean tls = "https".equals(url.getScheme());
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(tls)
                        // The address is loopback, and the CA is the stack's own.
                        .setTrustAll(true)
                        .setVerifyHost(false)
                        .setTcpNoDelay(true);
        if (!load.certificate().isEmpty()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(load.certificate()))
                            .addKeyValue(Buffer.buffer(load.key())));
        }
        this.client =
                vertx.createHttpClient(
                        options, new PoolOptions().setHttp1MaxSize(load.connections()));
        this.request =
                new RequestOptions()
                        .setHost(url.getHost())
                        .setPort(url.getPort())
                        .setSsl(tls)
                        .setURI(url.getRawPath())
                        .setMethod(HttpMethod.valueOf(load.method()));
        load.headers().forEach(request::putHeader);
    }

    public static void main(String[] arguments) throws Exception {
        try (MappingIterator<Load> loads = JSON.readerFor(Load.class).readValues(System.in)) {
            while (loads.hasNextValue()) {
                System.out.println(JSON.writeValueAsString(run(loads.nextValue())));
            }
        }
    }

    static Seen run(Load load) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            LoadGenerator generator = new LoadGenerator(vertx, load);
            long began = System.nanoTime();
            vertx.runOnContext(start -> generator.start());
            generator.over.get();
            return generator.seen((System.nanoTime() - began) / 1e9);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private void start() {
        endNanos = System.nanoTime() + load.milliseconds() * 1_000_000L;
        underWay = load.connections();
        for (int i = 0; i < load.connections(); i++) {
            next();
        }
    }

    private void next() {
        long now = System.nanoTime();
        if (now >= endNanos) {
            underWay--;
            if (underWay == 0) {
                over.complete(null);
            }
            return;
        }
        long number = firstNumber + sent++;
        client.request(request)
                .compose(open ->
                        load.body().isEmpty()
                                ? open.send()
                                : open.send(load.body().replace("%d", Long.toString(number))))
                .compose(answer ->
                        answer.body()
                                .map(body -> {
                                    if (answer.statusCode() != 200 && answer.statusCode() != 204) {
                                        throw new IllegalStateException(
                                                answer.statusCode() + " " + body);
                                    }
                                    return body;
                                }))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        answered++;
                        long micros = (System.nanoTime() - now) / 1_000;
                        histogram[(int) Math.min(micros, LONGEST_MICROSECONDS)]++;
                    } else {
                        failed++;
                        firstFailure = firstFailure.isEmpty() ? done.cause() + "" : firstFailure;
                    }
                    next();
                });
    }

    private Seen seen(double seconds) {
        return new Seen(answered, failed, seconds, quantile(0.5), quantile(0.99), firstFailure);
    }

    private long quantile(double share) {
        long rank = (long) Math.ceil(answered * share);
        long passed = 0;
        for (int micros = 0; micros <= LONGEST_MICROSECONDS; micros++) {
            passed += histogram[micros];
            if (passed >= rank) {
                return micros;
            }
        }
        return LONGEST_MICROSECONDS;
    }
}
