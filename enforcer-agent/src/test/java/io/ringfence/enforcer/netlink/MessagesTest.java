package io.ringfence.enforcer.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final ByteBuffer datagram = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    private final List<String> seen = new ArrayList<>();

    @Test
    void visitsTheAnswersMessagesUntilItsEnd() throws Exception {
        message(20, 5, "first");
        message(20, 4, "of another request");
        message(21, 5, "second");
        assertThat(Messages.visit(datagram.flip(), 5, this::note)).isFalse();
        datagram.clear();
        message(Messages.DONE, 5, "\0\0\0\0");
        assertThat(Messages.visit(datagram.flip(), 5, this::note)).isTrue();
        assertThat(seen).containsExactly("20 first", "21 second");
    }

    @Test
    void anAcknowledgementIsAnEndAndAnErrorAnException() throws Exception {
        message(Messages.ERROR, 5, "\0\0\0\0");
        assertThat(Messages.visit(datagram.flip(), 5, this::note)).isTrue();
        datagram.clear();
        datagram.putInt(20)
                .putShort((short) Messages.ERROR)
                .putShort((short) 0)
                .putInt(5)
                .putInt(0)
                .putInt(-2);
        assertThatThrownBy(() -> Messages.visit(datagram.flip(), 5, this::note))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(2));
    }

    @Test
    void stopsAtALengthThatCannotBe() throws Exception {
        message(20, 5, "whole");
        datagram.putInt(9999).putShort((short) 20).putShort((short) 0).putInt(5).putInt(0);
        assertThat(Messages.visit(datagram.flip(), 5, this::note)).isFalse();
        assertThat(seen).containsExactly("20 whole");
    }

    @Test
    void readsWhatTheWriterWrites() {
        ByteBuffer request =
                MessageWriter.netfilter(1, 2, MessageWriter.DUMP, 10, 0x5246)
                        .bigEndianInt(8, 0x01020304)
                        .bigEndianShort(6, 0x0506)
                        .nested(1, (byte) 9)
                        .finish(77);
        assertThat(request.getInt(0)).isEqualTo(request.remaining());
        assertThat(request.getShort(4)).isEqualTo((short) 0x0102);
        assertThat(request.getShort(6)).isEqualTo((short) 0x301);
        assertThat(request.getInt(8)).isEqualTo(77);
        assertThat(request.get(18)).isEqualTo((byte) 0x52);
        List<String> attributes = new ArrayList<>();
        Messages.attributes(
                request.position(20),
                (type, value) ->
                        attributes.add(
                                type
                                        + " "
                                        + java.util.HexFormat.of()
                                                .formatHex(Messages.bytes(value))));
        assertThat(attributes).containsExactly("8 01020304", "6 0506", "1 09");
    }

    private void message(int type, int sequence, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        int start = datagram.position();
        datagram.putInt(16 + bytes.length)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(sequence)
                .putInt(0)
                .put(bytes);
        datagram.position(start + Messages.aligned(16 + bytes.length));
    }

    private void note(int type, ByteBuffer payload) {
        seen.add(type + " " + new String(Messages.bytes(payload), StandardCharsets.US_ASCII));
    }
}
