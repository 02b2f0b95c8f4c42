package io.ringfence.enforcer.dns;

import static io.ringfence.enforcer.dns.Packets.address;
import static io.ringfence.enforcer.dns.Packets.alias;
import static io.ringfence.enforcer.dns.Packets.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

class DnsMessagesTest {
    private static NameAnswer given(String name, String address, int seconds) {
        return new NameAnswer(name, InetAddress.ofLiteral(address), Duration.ofSeconds(seconds));
    }

    @Test
    void everyNameOnTheWayLivesAsLongAsWhatIsBehindIt() {
        Message answer =
                message(
                        1,
                        "a.example",
                        alias("b.example", "c.example", 10),
                        address("c.example", "192.0.2.1", 30),
                        alias("a.example", "b.example", 20),
                        address("c.example", "192.0.2.2", 5));
        assertThat(DnsMessages.addresses(answer))
                .containsExactlyInAnyOrder(
                        given("c.example", "192.0.2.1", 30),
                        given("b.example", "192.0.2.1", 10),
                        given("a.example", "192.0.2.1", 10),
                        given("c.example", "192.0.2.2", 5),
                        given("b.example", "192.0.2.2", 5),
                        given("a.example", "192.0.2.2", 5));
    }

    @Test
    void whatIsSaidBesidesDoesNotCount() {
        Message answer =
                message(
                        1,
                        "a.example",
                        address("a.example", "192.0.2.1", 30),
                        address("bank.example", "192.0.2.66", 30));
        assertThat(DnsMessages.addresses(answer))
                .containsExactly(given("a.example", "192.0.2.1", 30));
    }

    @Test
    void aliasesInACircleLeadNowhere() {
        Message answer =
                message(
                        1,
                        "a.example",
                        alias("a.example", "b.example", 10),
                        alias("b.example", "a.example", 10));
        assertThat(DnsMessages.addresses(answer)).isEmpty();
    }

    @Test
    void cutAndRefusedAnswersGiveNothing() {
        Message cut = message(1, "a.example", address("a.example", "192.0.2.1", 30));
        cut.getHeader().setFlag(Flags.TC);
        assertThat(DnsMessages.addresses(cut)).isEmpty();
        Message refused = message(1, "a.example", address("a.example", "192.0.2.1", 30));
        refused.getHeader().setRcode(Rcode.REFUSED);
        assertThat(DnsMessages.addresses(refused)).isEmpty();
    }

    /// The label `x.corp` under `example` is no name below `corp.example`.
    @Test
    void aDotInsideALabelSeparatesNothing() {
        Message answer =
                message(1, "x\\.corp.example", address("x\\.corp.example", "192.0.2.1", 30));
        assertThat(DnsMessages.addresses(answer)).isEmpty();
    }

    @Test
    void rubbishIsNoMessage() {
        assertThat(DnsMessages.read(new byte[] {1, 2, 3})).isEmpty();
        byte[] cut = message(1, "a.example", address("a.example", "192.0.2.1", 30)).toWire();
        for (int length = 0; length < cut.length; length++) {
            assertThat(DnsMessages.read(java.util.Arrays.copyOf(cut, length)))
                    .as("the first %d bytes", length)
                    .isEmpty();
        }
    }
}
