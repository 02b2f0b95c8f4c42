package io.ringfence.enforcer.netlink;

import java.io.IOException;

/// The kernel refused. `errno` as in `errno.h`.
public final class NetlinkException extends IOException {
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;

    private final int errno;

    NetlinkException(String what, int errno) {
        super(what + " failed with errno " + errno);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
