package io.ringfence.enforcer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.enforcer.state.StateFolder;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldNamesTest {
    private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("2001:db8::2");

    private final HeldNames held = new HeldNames(Duration.ofSeconds(5), 3);

    private static NameAnswer answer(String name, InetAddress address, int seconds) {
        return new NameAnswer(name, address, Duration.ofSeconds(seconds));
    }

    @Test
    void holdsForTheTimeToLiveAndTheGrace() {
        assertThat(held.add(answer("a.example", FIRST, 10), 1_000)).isTrue();
        assertThat(held.expire(15_999)).isFalse();
        assertThat(held.namesByAddress()).isEqualTo(Map.of(FIRST, Set.of("a.example")));
        assertThat(held.expire(16_000)).isTrue();
        assertThat(held.namesByAddress()).isEmpty();
    }

    @Test
    void theLatestEndCounts() {
        held.add(answer("a.example", FIRST, 10), 0);
        assertThat(held.add(answer("a.example", FIRST, 1), 1_000)).isFalse();
        assertThat(held.expire(14_000)).isFalse();
        assertThat(held.add(answer("a.example", FIRST, 10), 14_000)).isFalse();
        assertThat(held.expire(28_999)).isFalse();
        assertThat(held.expire(29_000)).isTrue();
    }

    @Test
    void namesOfOneAddressEndEachAtTheirTime() {
        held.add(answer("a.example", FIRST, 10), 0);
        held.add(answer("b.example", FIRST, 20), 0);
        assertThat(held.expire(15_000)).isTrue();
        assertThat(held.namesByAddress()).isEqualTo(Map.of(FIRST, Set.of("b.example")));
        assertThat(held.count()).isEqualTo(1);
    }

    @Test
    void isBounded() {
        held.add(answer("a.example", FIRST, 10), 0);
        held.add(answer("b.example", FIRST, 10), 0);
        held.add(answer("a.example", SECOND, 10), 0);
        assertThat(held.add(answer("b.example", SECOND, 10), 0)).isFalse();
        assertThat(held.add(answer("a.example", FIRST, 20), 0)).isFalse();
        assertThat(held.refused()).isEqualTo(1);
        held.expire(15_000);
        assertThat(held.namesByAddress()).isEqualTo(Map.of(FIRST, Set.of("a.example")));
        assertThat(held.add(answer("b.example", SECOND, 10), 15_000)).isTrue();
    }

    @Test
    void anotherProcessGoesOnFromWhatIsLeft(@TempDir Path folder) throws Exception {
        KeptNames kept = new KeptNames(StateFolder.open(folder));
        assertThat(kept.read(0)).isEmpty();
        held.add(answer("a.example", FIRST, 10), 1_000);
        held.add(answer("b.example", SECOND, 100), 1_000);
        kept.write(held.leftIfChanged(2_000), 1_000_000);
        assertThat(held.leftIfChanged(2_000)).as("nothing new").isEmpty();

        HeldNames next = new HeldNames(Duration.ofSeconds(5), 3);
        next.restore(kept.read(1_014_000), 77_000);
        assertThat(next.namesByAddress()).isEqualTo(Map.of(SECOND, Set.of("b.example")));
        assertThat(next.expire(77_000 + 104_000 - 14_000 - 1)).isFalse();
        assertThat(next.expire(77_000 + 104_000 - 14_000)).isTrue();
    }

    @Test
    void aDamagedFileIsReadAsFarAsItGoes(@TempDir Path folder) throws Exception {
        StateFolder.open(folder)
                .writeText("names", "99999 192.0.2.1 a.example\n99999 nonsense b.example\n9999");
        assertThat(new KeptNames(StateFolder.open(folder)).read(0))
                .containsExactly(new HeldNames.Left("a.example", FIRST, 99_999));
    }
}
