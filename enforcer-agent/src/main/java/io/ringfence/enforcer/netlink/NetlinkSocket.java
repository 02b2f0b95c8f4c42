package io.ringfence.enforcer.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A netlink socket in the network namespace of the thread that opens it. Not for concurrent use.
///
/// One that several threads may use takes long to close: the JVM asks every thread whether it is in
/// the middle of a call with its memory.
final class NetlinkSocket implements AutoCloseable {
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_SOCK_DIAG = 4;
    static final int NETLINK_NETFILTER = 12;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BYTES = 256 * 1024;
    private static final int AT_ONCE = 0x40;
    private static final int BATCH_BEGIN = 16;
    private static final int BATCH_END = 17;

    private final Arena arena;
    private final MemorySegment errno;
    private final MemorySegment incoming;
    private final ByteBuffer received;
    private final int descriptor;
    private int sequence;

    /// For the calling thread, which also closes it.
    static NetlinkSocket open(int protocol) throws NetlinkException {
        return new NetlinkSocket(protocol, Arena::ofConfined);
    }

    /// For several threads, one at a time.
    static NetlinkSocket openShared(int protocol) throws NetlinkException {
        return new NetlinkSocket(protocol, Arena::ofShared);
    }

    private NetlinkSocket(int protocol, Supplier<Arena> memory) throws NetlinkException {
        this.arena = memory.get();
        this.errno = arena.allocate(Libc.ERRNO);
        this.incoming = arena.allocate(RECEIVE_BYTES, 8);
        this.received = incoming.asByteBuffer().order(ByteOrder.nativeOrder());
        descriptor =
                call(() ->
                        (int)
                                Libc.SOCKET.invokeExact(
                                        errno, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol));
        if (descriptor < 0) {
            NetlinkException refused = refused("socket");
            arena.close();
            throw refused;
        }
        MemorySegment address = arena.allocate(12, 4);
        address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        if (call(() -> (int) Libc.BIND.invokeExact(errno, descriptor, address, 12)) < 0) {
            NetlinkException refused = refused("bind");
            close();
            throw refused;
        }
    }

    /// How much the kernel may queue for this socket, above the system's limit.
    void receiveBuffer(int bytes) throws NetlinkException {
        MemorySegment value = arena.allocate(JAVA_INT);
        value.set(JAVA_INT, 0, bytes);
        setOption(SO_RCVBUFFORCE, value);
    }

    /// After this time without a message [#receive] answers with nothing.
    void receiveTimeout(Duration timeout) throws NetlinkException {
        MemorySegment value = arena.allocate(16, 8);
        value.set(JAVA_LONG, 0, timeout.toSeconds());
        value.set(JAVA_LONG, 8, timeout.toNanosPart() / 1_000);
        setOption(SO_RCVTIMEO, value);
    }

    private void setOption(int option, MemorySegment value) throws NetlinkException {
        int length = (int) value.byteSize();
        if (call(
                        () ->
                                (int)
                                        Libc.SETSOCKOPT.invokeExact(
                                                errno,
                                                descriptor,
                                                SOL_SOCKET,
                                                option,
                                                value,
                                                length))
                < 0) {
            throw refused("setsockopt " + option);
        }
    }

    /// The next datagram, valid until the next call; nothing when the receive timeout passed.
    Optional<ByteBuffer> receive() throws NetlinkException {
        return receive(0);
    }

    /// As [#receive], without waiting.
    Optional<ByteBuffer> receiveAtOnce() throws NetlinkException {
        return receive(AT_ONCE);
    }

    private Optional<ByteBuffer> receive(int flags) throws NetlinkException {
        long length =
                call(() ->
                        (long)
                                Libc.RECV.invokeExact(
                                        errno, descriptor, incoming, (long) RECEIVE_BYTES, flags));
        if (length < 0) {
            int reason = Libc.errno(errno);
            if (reason == NetlinkException.EAGAIN || reason == NetlinkException.EINTR) {
                return Optional.empty();
            }
            throw refused("recv");
        }
        return Optional.of(received.clear().limit((int) length));
    }

    /// Sends one request and shows `visitor` every message of the answer, until the kernel
    /// acknowledges or ends its list.
    void request(MessageWriter message, MessageVisitor visitor) throws IOException {
        int expected = ++sequence;
        send(message.finish(expected));
        while (true) {
            ByteBuffer datagram =
                    receive().orElseThrow(() -> new IOException("the kernel did not answer"));
            if (Messages.visit(datagram, expected, visitor)) {
                return;
            }
        }
    }

    /// Sends requests of netfilter's tables that the kernel carries out together or not at all
    /// (linux/netfilter/nfnetlink.h). Each asks for an acknowledgement.
    void transact(int subsystem, List<MessageWriter> messages) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
        int first = sequence + 2;
        batch.put(MessageWriter.netfilter(0, BATCH_BEGIN, 0, 0, subsystem).finish(++sequence));
        for (MessageWriter message : messages) {
            batch.put(message.finish(++sequence));
        }
        int last = sequence;
        batch.put(MessageWriter.netfilter(0, BATCH_END, 0, 0, subsystem).finish(++sequence));
        send(batch.flip());
        for (int expected = first; expected <= last; expected++) {
            int acknowledged = expected;
            boolean isOver = false;
            while (!isOver) {
                ByteBuffer datagram =
                        receive().orElseThrow(() -> new IOException("the kernel did not answer"));
                isOver = Messages.visit(datagram, acknowledged, (type, payload) -> {});
            }
        }
    }

    /// Sends one request that the kernel carries out before this returns, and that it answers only
    /// to refuse.
    void tell(MessageWriter message) throws NetlinkException {
        send(message.finish(++sequence));
    }

    private void send(ByteBuffer message) throws NetlinkException {
        MemorySegment outgoing = MemorySegment.ofBuffer(message);
        long length = outgoing.byteSize();
        if (call(() -> (long) Libc.SEND.invokeExact(errno, descriptor, outgoing, length, 0)) < 0) {
            throw refused("send");
        }
    }

    private NetlinkException refused(String what) {
        return new NetlinkException(what, Libc.errno(errno));
    }

    @Override
    public void close() {
        call(() -> (int) Libc.CLOSE.invokeExact(errno, descriptor));
        arena.close();
    }

    @FunctionalInterface
    private interface IntCall {
        int invoke() throws Throwable;
    }

    @FunctionalInterface
    private interface LongCall {
        long invoke() throws Throwable;
    }

    private static int call(IntCall function) {
        try {
            return function.invoke();
        } catch (Throwable impossible) {
            throw new IllegalStateException("a C function does not throw", impossible);
        }
    }

    private static long call(LongCall function) {
        try {
            return function.invoke();
        } catch (Throwable impossible) {
            throw new IllegalStateException("a C function does not throw", impossible);
        }
    }
}
