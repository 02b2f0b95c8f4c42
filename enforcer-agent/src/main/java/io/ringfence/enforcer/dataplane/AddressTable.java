package io.ringfence.enforcer.dataplane;

import com.google.protobuf.ByteString;
import io.ringfence.enforcer.netlink.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the one of many disjoint prefixes that an address is in; a whole address goes before any
/// prefix around it. Built once, then only read.
public final class AddressTable<T> {
    private final Map<InetAddress, T> whole = new HashMap<>();
    private final TreeMap<byte[], Prefix<T>> prefixes4 = new TreeMap<>(Arrays::compareUnsigned);
    private final TreeMap<byte[], Prefix<T>> prefixes6 = new TreeMap<>(Arrays::compareUnsigned);

    private record Prefix<T>(byte[] address, int length, T value) {
        boolean contains(byte[] other) {
            int bytes = length / 8;
            if (Arrays.mismatch(address, 0, bytes, other, 0, bytes) >= 0) {
                return false;
            }
            int bits = length % 8;
            return bits == 0 || ((address[bytes] ^ other[bytes]) & 0xff) >> (8 - bits) == 0;
        }
    }

    /// @param address 4 or 16 bytes, host bits zero
    public void put(ByteString address, int prefixLength, T value) {
        byte[] bytes = address.toByteArray();
        if (prefixLength == bytes.length * 8) {
            whole.put(Addresses.of(bytes), value);
        } else {
            prefixes(bytes).put(bytes, new Prefix<>(bytes, prefixLength, value));
        }
    }

    public Optional<T> find(InetAddress address) {
        T exact = whole.get(address);
        if (exact != null) {
            return Optional.of(exact);
        }
        byte[] bytes = address.getAddress();
        return Optional.ofNullable(prefixes(bytes).floorEntry(bytes))
                .map(Map.Entry::getValue)
                .filter(prefix -> prefix.contains(bytes))
                .map(Prefix::value);
    }

    private TreeMap<byte[], Prefix<T>> prefixes(byte[] address) {
        return address.length == 4 ? prefixes4 : prefixes6;
    }
}
