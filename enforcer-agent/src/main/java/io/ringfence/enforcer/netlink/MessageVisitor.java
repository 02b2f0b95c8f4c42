package io.ringfence.enforcer.netlink;

import java.nio.ByteBuffer;

/// Sees the payload of one netlink message, between position and limit; it is valid during the call
/// only.
@FunctionalInterface
interface MessageVisitor {
    void visit(int type, ByteBuffer payload);
}
