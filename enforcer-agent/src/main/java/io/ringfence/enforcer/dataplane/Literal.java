package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import java.net.InetAddress;

/// Addresses as nftables reads them. Never names, never a zone.
final class Literal {
    private Literal() {}

    static String of(ByteString address) {
        return of(address.toByteArray());
    }

    static String of(InetAddress address) {
        return of(address.getAddress());
    }

    /// @param bytes 4 or 16; written without shortening, so nothing can be mistaken for something
    ///   else
    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        if (bytes.length == 4) {
            for (byte part : bytes) {
                text.append(text.isEmpty() ? "" : ".").append(Byte.toUnsignedInt(part));
            }
            return text.toString();
        }
        for (int at = 0; at < bytes.length; at += 2) {
            int part = Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
            text.append(text.isEmpty() ? "" : ":").append(Integer.toHexString(part));
        }
        return text.toString();
    }
}
