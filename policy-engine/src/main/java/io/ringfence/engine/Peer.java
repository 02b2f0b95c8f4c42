package io.ringfence.engine;

import java.net.InetAddress;

/// Who is at the other end, as it is reported.
public sealed interface Peer {
    /// The id an address in no external network is reported with.
    String SOMEWHERE_ID = "somewhere";

    record Unit(String id, String namespace) implements Peer {}

    record Network(String id, String namespace) implements Peer {}

    record Somewhere(InetAddress address) implements Peer {}
}
