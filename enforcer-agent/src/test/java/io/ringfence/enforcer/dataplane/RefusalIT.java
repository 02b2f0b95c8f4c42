package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.FAR6;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.NEAR6;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client meets that is not allowed: an answer at once, never a timeout.
@TestInstance(Lifecycle.PER_CLASS)
class RefusalIT {
    private Cable cable;
    private TestEnforcer enforcer;

    @BeforeAll
    void enforceNothingAllowed() throws Exception {
        cable = Cable.lay();
        enforcer = new TestEnforcer(cable.near());
        enforcer.apply(policy(DENY));
    }

    @AfterAll
    void takeDown() throws Exception {
        enforcer.close();
        cable.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "incoming over IPv4, false, " + FAR + ", " + NEAR,
        "incoming over IPv6, false, " + FAR6 + ", " + NEAR6,
        "outgoing over IPv4, true, " + NEAR + ", " + FAR,
        "outgoing over IPv6, true, " + NEAR6 + ", " + FAR6,
    })
    void resetsTcpAtOnce(String name, boolean outgoing, String from, String to) throws Exception {
        Host client = outgoing ? cable.near() : cable.far();
        Host server = outgoing ? cable.far() : cable.near();
        try (ServerSocket listening = Tcp.listen(server, to, 4001)) {
            assertThat(listening.isBound()).isTrue();
            Duration fastest = Duration.ofDays(1);
            for (int attempt = 0; attempt < 5; attempt++) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> Tcp.connect(client, from, to, 4001))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("Connection refused");
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                fastest = took.compareTo(fastest) < 0 ? took : fastest;
            }
            assertThat(fastest).isLessThan(Duration.ofMillis(100));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "incoming over IPv4, false, " + FAR + ", " + NEAR + ", No route to host",
        "incoming over IPv6, false, " + FAR6 + ", " + NEAR6 + ", Permission denied",
        "outgoing over IPv4, true, " + NEAR + ", " + FAR + ", Operation not permitted",
        "outgoing over IPv6, true, " + NEAR6 + ", " + FAR6 + ", Operation not permitted",
    })
    void tellsUdpThatItIsProhibited(
            String name, boolean outgoing, String from, String to, String error) throws Exception {
        Host client = outgoing ? cable.near() : cable.far();
        client.run(() -> {
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
                channel.connect(new InetSocketAddress(InetAddress.ofLiteral(to), 4002));
                assertThatThrownBy(() -> sendAndReceive(channel))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(error);
            }
        });
    }

    private static void sendAndReceive(DatagramChannel channel) throws Exception {
        channel.write(ByteBuffer.wrap(new byte[8]));
        channel.socket().setSoTimeout((int) TimeUnit.SECONDS.toMillis(2));
        channel.read(ByteBuffer.allocate(8));
    }
}
