package io.ringfence.bench.distribution;

import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An enforcer as the gateway sees it: its certificate, a hello, a receipt for each policy and
/// every two seconds for directories, a ping every five, and reconnecting with the pauses of a real
/// one. It verifies nothing, has no kernel and keeps of directories only which they are: each hello
/// says that it holds those, and no policy. Lives on one event loop.
final class SimulatedEnforcer {
    private static final long PING_MILLISECONDS = 5_000;
    private static final long RECEIPT_PAUSE_MILLISECONDS = 2_000;
    private static final long FIRST_WAIT_MILLISECONDS = 200;
    private static final long LONGEST_WAIT_MILLISECONDS = 5_000;
    private static final int LONGEST_MESSAGE = 16 << 20;

    private final Vertx vertx;
    private final Context context;
    private final EnforcerIdentity identity;
    private final String unitId;
    private final WebSocketClient client;
    private final WebSocketConnectOptions stream;
    private final Arrivals arrivals;
    private final AtomicLong failures;
    private final Map<String, Received.Directory> directories = new TreeMap<>();
    private Received.@Nullable Policy held;
    private boolean isReceiptDue;
    private @Nullable WebSocket socket;
    private CompletableFuture<Void> whenClosed = new CompletableFuture<>();
    private boolean wanted;
    private long waitMilliseconds = FIRST_WAIT_MILLISECONDS;

    /// @param unitId its host's processing unit
    /// @param failures counts connections that were refused or lost
    SimulatedEnforcer(
            Vertx vertx,
            Context context,
            EnforcerIdentity identity,
            String unitId,
            int gatewayPort,
            Arrivals arrivals,
            AtomicLong failures) {
        this.vertx = vertx;
        this.context = context;
        this.identity = identity;
        this.unitId = unitId;
        this.arrivals = arrivals;
        this.failures = failures;
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setSsl(true)
                                // The address is loopback, and the CA is the stack's own.
                                .setTrustAll(true)
                                .setVerifyHost(false)
                                .setTcpNoDelay(true)
                                .setMaxFrameSize(LONGEST_MESSAGE)
                                .setMaxMessageSize(LONGEST_MESSAGE)
                                .setKeyCertOptions(
                                        new PemKeyCertOptions()
                                                .addCertValue(
                                                        Buffer.buffer(
                                                                identity.credential()
                                                                        .certificatePem()))
                                                .addKeyValue(
                                                        Buffer.buffer(
                                                                identity.credential().keyPem()))));
        this.stream =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(gatewayPort)
                        .setSsl(true)
                        .setURI("/enforcerstream")
                        .putHeader("X-Namespace", identity.namespace());
    }

    String id() {
        return identity.id();
    }

    String unitId() {
        return unitId;
    }

    String namespace() {
        return identity.namespace();
    }

    /// From any thread.
    void connect() {
        context.runOnContext(scheduled -> {
            wanted = true;
            waitMilliseconds = FIRST_WAIT_MILLISECONDS;
            open();
        });
    }

    /// From any thread.
    ///
    /// @return completes when the connection is closed
    CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        context.runOnContext(scheduled -> {
            wanted = false;
            WebSocket open = socket;
            if (open == null) {
                closed.complete(null);
            } else {
                whenClosed = closed;
                open.close();
            }
        });
        return closed;
    }

    private void open() {
        if (!wanted || socket != null) {
            return;
        }
        client.connect(stream).onFailure(refused -> openLater()).onSuccess(this::opened);
    }

    private void openLater() {
        if (wanted) {
            failures.incrementAndGet();
            long wait = ThreadLocalRandom.current().nextLong(waitMilliseconds) + 1;
            waitMilliseconds = Math.min(2 * waitMilliseconds, LONGEST_WAIT_MILLISECONDS);
            vertx.setTimer(wait, over -> open());
        }
    }

    private void opened(WebSocket opened) {
        socket = opened;
        long pinging =
                vertx.setPeriodic(PING_MILLISECONDS, tick -> opened.writePing(Buffer.buffer()));
        opened.binaryMessageHandler(message -> received(opened, message.getBytes()));
        opened.closeHandler(closed -> {
            vertx.cancelTimer(pinging);
            socket = null;
            whenClosed.complete(null);
            openLater();
        });
        send(
                opened,
                FromEnforcer.newBuilder()
                        .setHello(EnforcerHello.newBuilder().addAllDirectories(heldDirectories())));
    }

    private void received(WebSocket from, byte[] frame) {
        long now = System.nanoTime();
        try {
            switch (Received.of(frame).orElse(null)) {
                case Received.Policy policy -> {
                    if (!policy.enforcerId().equals(id())) {
                        throw new IllegalStateException("a policy of another enforcer");
                    }
                    arrivals.arrived(id(), now, frame.length);
                    held = policy;
                    sendReceipt(from);
                }
                case Received.Directory directory -> {
                    arrivals.arrivedDirectory(id(), now, frame.length);
                    directories.put(directory.tenant(), directory);
                    sendReceiptSoon(from);
                }
                case null -> {}
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("a frame that cannot be read", unreadable);
        }
    }

    private void sendReceiptSoon(WebSocket to) {
        if (!isReceiptDue) {
            isReceiptDue = true;
            vertx.setTimer(
                    RECEIPT_PAUSE_MILLISECONDS,
                    over -> {
                        isReceiptDue = false;
                        if (socket == to) {
                            sendReceipt(to);
                        }
                    });
        }
    }

    private void sendReceipt(WebSocket to) {
        Received.Policy policy = held;
        if (policy != null) {
            send(
                    to,
                    FromEnforcer.newBuilder()
                            .setReceipt(
                                    PolicyReceipt.newBuilder()
                                            .setVersion(policy.version())
                                            .setDigest(policy.digest())
                                            .setEnforcedAtMs(System.currentTimeMillis())
                                            .addAllDirectories(heldDirectories())));
        }
    }

    private List<HeldDirectory> heldDirectories() {
        return directories.values().stream()
                .map(directory ->
                        HeldDirectory.newBuilder()
                                .setTenant(directory.tenant())
                                .setVersion(directory.version())
                                .setDigest(directory.digest())
                                .setSinceMs(System.currentTimeMillis())
                                .build())
                .toList();
    }

    private static void send(WebSocket to, FromEnforcer.Builder frame) {
        to.writeBinaryMessage(Buffer.buffer(frame.build().toByteArray()));
    }
}
