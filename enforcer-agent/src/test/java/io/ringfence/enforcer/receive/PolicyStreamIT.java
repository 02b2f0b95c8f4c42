package io.ringfence.enforcer.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.fake.FakeStream;
import io.ringfence.enforcer.state.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyStreamIT {
    private static final StreamTiming IMPATIENT =
            new StreamTiming(
                    Duration.ofMillis(100),
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    Duration.ofMillis(100));

    @TempDir private Path folder;
    private FakeConsole console;
    private Console access;
    private Thread stream;

    @BeforeEach
    void start() throws Exception {
        console = new FakeConsole();
        EnforcerIdentity identity =
                EnforcerIdentity.of(
                        FakeConsole.CONSOLE, console.enforcer(), console.authority().certificate());
        access = Console.of(console.api(), identity);
        PolicyReceiver receiver =
                new PolicyReceiver(
                        new PolicyVerifier(
                                identity.authority(),
                                identity.consoleId(),
                                identity.id(),
                                Clock.systemUTC()),
                        _ -> Optional.empty(),
                        StateFolder.open(folder),
                        Clock.systemUTC());
        stream =
                Thread.ofVirtual()
                        .start(
                                new PolicyStream(
                                        listener -> access.stream("/enforcerstream", listener),
                                        receiver,
                                        IMPATIENT,
                                        new Random(1)));
    }

    @AfterEach
    void stop() throws Exception {
        stream.interrupt();
        access.close();
        console.close();
    }

    @Test
    void saysWhatItHoldsReceivesAndAnswers() throws Exception {
        FakeStream gateway = console.stream();
        assertThat(gateway.hasClientCertificate()).isTrue();
        assertThat(gateway.next().getHello()).isEqualTo(EnforcerHello.getDefaultInstance());
        gateway.send(console.policy(1));
        assertThat(gateway.next().getReceipt())
                .satisfies(receipt -> {
                    assertThat(receipt.getVersion()).isEqualTo(1);
                    assertThat(receipt.getError()).isEmpty();
                });
        gateway.send(console.policy(2).toBuilder().clearSignature().build());
        assertThat(gateway.next().getReceipt().getError()).contains("signature");
    }

    @Test
    void comesBackWithWhatItHoldsWhenTheGatewayIsGone() throws Exception {
        FakeStream first = console.stream();
        first.next();
        first.send(console.policy(5));
        first.next();
        first.close();
        FromEnforcer hello = console.stream().next();
        assertThat(hello.getHello().getVersion()).isEqualTo(5);
        assertThat(hello.getHello().getDigest().isEmpty()).isFalse();
    }

    @Test
    void comesBackWhenTheGatewayIsSilent() throws Exception {
        FakeStream first = console.stream();
        first.next();
        first.becomeDeaf();
        assertThat(console.stream().next().hasHello()).isTrue();
    }
}
