package io.ringfence.trust.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsContextsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CertificateAuthority authority =
            CertificateAuthority.create("console", Clock.systemUTC());
    private final SSLContext server = contextOf(authority, "identity-service");

    @Test
    void bothEndsProveWhoTheyAre() throws Exception {
        assertThat(peerSeenByServer(contextOf(authority, "gateway"))).isEqualTo("CN=gateway");
    }

    @Test
    void aPeerOfAnotherAuthorityIsRefused() {
        SSLContext stranger =
                contextOf(CertificateAuthority.create("console", Clock.systemUTC()), "gateway");

        assertThatThrownBy(() -> peerSeenByServer(stranger)).isInstanceOf(IOException.class);
    }

    @Test
    void aPeerWithoutACertificateIsRefusedWhereOneIsRequired() {
        assertThatThrownBy(() -> peerSeenByServer(TlsContexts.trusting(authority.certificate())))
                .isInstanceOfAny(IOException.class, ExecutionException.class);
    }

    private static SSLContext contextOf(CertificateAuthority authority, String process) {
        return TlsContexts.of(
                authority.certificate(),
                authority.issueProcess(process, List.of("localhost", "127.0.0.1"), HOUR));
    }

    private String peerSeenByServer(SSLContext client) throws Exception {
        try (SSLServerSocket listening =
                (SSLServerSocket)
                        server.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            listening.setSoTimeout(5_000);
            CompletableFuture<String> seen =
                    CompletableFuture.supplyAsync(() -> nameOfNextPeer(listening));
            try (SSLSocket socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket(
                                            listening.getInetAddress(), listening.getLocalPort())) {
                socket.startHandshake();
                return seen.get();
            }
        }
    }

    private static String nameOfNextPeer(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
