package io.ringfence.enforcer.fake;

import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/// The gateway's end of one websocket (RFC 6455), as far as a test needs it.
public final class FakeStream {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BINARY = 0x82;
    private static final int PING = 0x9;
    private static final int PONG = 0x8A;

    private final SSLSocket socket;
    private final boolean hasClientCertificate;
    private final BlockingQueue<FromEnforcer> received = new LinkedBlockingQueue<>();
    private volatile boolean isDeaf;

    private FakeStream(SSLSocket socket, boolean hasClientCertificate) {
        this.socket = socket;
        this.hasClientCertificate = hasClientCertificate;
    }

    static FakeStream accept(SSLSocket socket, HttpExchange upgrade) throws IOException {
        String head =
                "HTTP/1.1 101 .\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accepted(upgrade.header("sec-websocket-key"))
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        FakeStream stream = new FakeStream(socket, upgrade.hasClientCertificate());
        Thread.ofVirtual().start(stream::readForEver);
        return stream;
    }

    public boolean hasClientCertificate() {
        return hasClientCertificate;
    }

    public void send(SignedPolicy policy) throws IOException {
        frame(BINARY, ToEnforcer.newBuilder().setPolicy(policy).build().toByteArray());
    }

    public void send(SignedDirectory directory) throws IOException {
        frame(BINARY, ToEnforcer.newBuilder().setDirectory(directory).build().toByteArray());
    }

    /// The next frame from the enforcer.
    public FromEnforcer next() throws InterruptedException {
        FromEnforcer frame = received.poll(20, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("the enforcer said nothing");
        }
        return frame;
    }

    /// Answers no ping any more.
    public void becomeDeaf() {
        isDeaf = true;
    }

    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readForEver() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int opcode = in.readUnsignedByte() & 0xF;
                byte[] content = content(in);
                if (opcode == PING && !isDeaf) {
                    frame(PONG, content);
                } else if (opcode == (BINARY & 0xF)) {
                    received.add(FromEnforcer.parseFrom(content));
                }
            }
        } catch (IOException closed) {
            // the enforcer has gone, or the test has
        }
    }

    private static byte[] content(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes(length);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }

    private synchronized void frame(int first, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(10 + content.length).put((byte) first);
        if (content.length < 126) {
            frame.put((byte) content.length);
        } else {
            frame.put((byte) 126).putShort((short) content.length);
        }
        frame.put(content);
        OutputStream out = socket.getOutputStream();
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private static String accepted(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
