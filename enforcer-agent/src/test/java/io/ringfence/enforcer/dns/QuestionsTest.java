package io.ringfence.enforcer.dns;

import static io.ringfence.enforcer.dns.Packets.ACK;
import static io.ringfence.enforcer.dns.Packets.CLIENT;
import static io.ringfence.enforcer.dns.Packets.CLIENT_PORT;
import static io.ringfence.enforcer.dns.Packets.FIN;
import static io.ringfence.enforcer.dns.Packets.RESOLVER;
import static io.ringfence.enforcer.dns.Packets.SYN;
import static io.ringfence.enforcer.dns.Packets.address;
import static io.ringfence.enforcer.dns.Packets.answer;
import static io.ringfence.enforcer.dns.Packets.asks;
import static io.ringfence.enforcer.dns.Packets.framed;
import static io.ringfence.enforcer.dns.Packets.query;
import static io.ringfence.enforcer.dns.Packets.says;
import static io.ringfence.enforcer.dns.Packets.tcp;
import static io.ringfence.enforcer.dns.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuestionsTest {
    private static final String NAME = "api.example.com";
    private static final byte[] GOOD = says(7, NAME, address(NAME, "192.0.2.7", 60));
    private static final List<NameAnswer> FOUND =
            List.of(
                    new NameAnswer(
                            NAME, InetAddress.ofLiteral("192.0.2.7"), Duration.ofSeconds(60)));

    private final Questions questions = new Questions();

    @Test
    void believesTheAnswerToAQuestionOnce() {
        questions.query(query(asks(7, NAME)), 0);
        assertThat(questions.answer(answer(GOOD), 10)).isEqualTo(FOUND);
        assertThat(questions.answer(answer(GOOD), 11)).isEmpty();
        assertThat(questions.counts(0)).isEqualTo(new DnsCounts(1, 1, 0, 0));
    }

    static Stream<Arguments> unasked() {
        return Stream.of(
                Arguments.of("another id", answer(says(8, NAME, address(NAME, "192.0.2.7", 60)))),
                Arguments.of(
                        "another name",
                        answer(says(7, "b.example", address("b.example", "192.0.2.7", 60)))),
                Arguments.of("another port", udp(RESOLVER, 53, CLIENT, 40_001, GOOD)),
                Arguments.of("another server", udp("10.99.0.3", 53, CLIENT, CLIENT_PORT, GOOD)),
                Arguments.of("a question", answer(asks(7, NAME))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unasked")
    void believesNothingElse(String what, byte[] packet) {
        questions.query(query(asks(7, NAME)), 0);
        assertThat(questions.answer(packet, 10)).isEmpty();
        assertThat(questions.counts(0).unasked()).isEqualTo(1);
        assertThat(questions.answer(answer(GOOD), 11)).as("still waited for").isEqualTo(FOUND);
    }

    @Test
    void doesNotMindCase() {
        questions.query(query(asks(7, "aPi.eXample.COM")), 0);
        assertThat(
                        questions.answer(
                                answer(says(7, "ApI.example.com", address(NAME, "192.0.2.7", 60))),
                                10))
                .isEqualTo(FOUND);
    }

    @Test
    void waitsForHalfAMinute() {
        questions.query(query(asks(7, NAME)), 0);
        assertThat(questions.answer(answer(GOOD), 30_001)).isEmpty();
    }

    @Test
    void readsVersion6() {
        questions.query(udp("fd99::1", CLIENT_PORT, "fd99::2", 53, asks(7, NAME)), 0);
        assertThat(questions.answer(udp("fd99::2", 53, "fd99::1", CLIENT_PORT, GOOD), 10))
                .isEqualTo(FOUND);
    }

    @Test
    void countsWhatItCannotRead() {
        questions.answer(new byte[] {0x45, 0}, 0);
        questions.answer(answer(new byte[] {1, 2, 3}), 0);
        questions.answer(new byte[0], 0);
        assertThat(questions.counts(0)).isEqualTo(new DnsCounts(0, 0, 3, 0));
    }

    /// Lengths are whatever a sender wrote.
    @Test
    void readsAnyBytesWithoutHarm() {
        Random random = new Random(7);
        List<byte[]> packets =
                List.of(
                        answer(GOOD),
                        tcp(RESOLVER, 53, CLIENT, CLIENT_PORT, 1, ACK, framed(GOOD)),
                        udp("fd99::2", 53, "fd99::1", CLIENT_PORT, GOOD));
        for (int round = 0; round < 20_000; round++) {
            byte[] packet = packets.get(round % packets.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            assertThatCode(
                            () -> {
                                questions.query(cut, 0);
                                questions.answer(cut, 0);
                            })
                    .as("seed 7, round %d", round)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void putsTcpTogetherAgain() {
        byte[] asked = framed(asks(1, "a.example"), asks(7, NAME));
        toServer(SYN, 1_000, new byte[0]);
        assertThat(fromServer(SYN | ACK, -3, new byte[0])).isEmpty();
        toServer(ACK, 1_001, Arrays.copyOf(asked, 20));
        toServer(ACK, 1_001, Arrays.copyOf(asked, 20));
        toServer(ACK, 1_021, Arrays.copyOfRange(asked, 20, asked.length));
        byte[] answered = framed(GOOD);
        assertThat(fromServer(ACK, -2, Arrays.copyOf(answered, 1))).isEmpty();
        assertThat(fromServer(ACK, -1, Arrays.copyOfRange(answered, 1, 5))).isEmpty();
        assertThat(fromServer(ACK, -2, Arrays.copyOf(answered, 5))).as("again").isEmpty();
        assertThat(fromServer(ACK | FIN, 1, Arrays.copyOfRange(answered, 3, answered.length)))
                .isEqualTo(FOUND);
        assertThat(questions.counts(0)).isEqualTo(new DnsCounts(1, 0, 0, 0));
    }

    @Test
    void givesATcpConnectionUpWhereAPartWasMissed() {
        toServer(SYN, 1_000, new byte[0]);
        fromServer(SYN | ACK, 5_000, new byte[0]);
        toServer(ACK, 1_001, framed(asks(7, NAME)));
        byte[] answered = framed(GOOD);
        assertThat(fromServer(ACK, 5_011, Arrays.copyOfRange(answered, 10, answered.length)))
                .isEmpty();
        assertThat(fromServer(ACK, 5_001, answered)).isEmpty();
        assertThat(questions.counts(0)).isEqualTo(new DnsCounts(0, 0, 2, 0));
    }

    private void toServer(int flags, int sequence, byte[] content) {
        questions.query(tcp(CLIENT, CLIENT_PORT, RESOLVER, 53, sequence, flags, content), 0);
    }

    private List<NameAnswer> fromServer(int flags, int sequence, byte[] content) {
        return questions.answer(
                tcp(RESOLVER, 53, CLIENT, CLIENT_PORT, sequence, flags, content), 0);
    }
}
