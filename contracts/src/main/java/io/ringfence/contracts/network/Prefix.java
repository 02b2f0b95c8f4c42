package io.ringfence.contracts.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.regex.Pattern;

/// An address range `10.0.0.0/8` or `2001:db8::/32`; an address alone is its longest prefix. Host
/// bits are zero. The 32 bits of IPv4 are the top half of `high`, so that bit 0 is the first bit of
/// the address in both families.
public record Prefix(boolean v6, long high, long low, int length) implements Comparable<Prefix> {
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Comparator<Prefix> ORDER =
            Comparator.comparing(Prefix::v6)
                    .thenComparing(Prefix::high, Long::compareUnsigned)
                    .thenComparing(Prefix::low, Long::compareUnsigned)
                    .thenComparingInt(Prefix::length);

    public Prefix {
        if (length < 0 || length > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException(
                    "A prefix length of %d is not between 0 and %d"
                            .formatted(length, v6 ? 128 : 32));
        }
        high &= mask(length);
        low &= mask(length - 64);
    }

    /// The whole address.
    public static Prefix of(InetAddress address) {
        return ofBytes(address.getAddress(), address.getAddress().length * 8);
    }

    /// `address` has 4 or 16 bytes.
    public static Prefix ofBytes(byte[] address, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return switch (address.length) {
            case 4 -> new Prefix(false, (long) bytes.getInt() << 32, 0, length);
            case 16 -> new Prefix(true, bytes.getLong(), bytes.getLong(), length);
            default -> throw new IllegalArgumentException("An address has 4 or 16 bytes");
        };
    }

    /// `10.0.0.0/8`, `10.0.0.1`, `2001:db8::/32`. Never asks DNS.
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        boolean v6 = literal.indexOf(':') >= 0;
        if (!v6 && !DOTTED_QUAD.matcher(literal).matches() || literal.indexOf('%') >= 0) {
            throw refuse(text);
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw refuse(text);
        }
        int bits = v6 ? 128 : 32;
        if (address.getAddress().length * 8 != bits) {
            throw new IllegalArgumentException(
                    "Network '%s' must be written as IPv4".formatted(text));
        }
        return of(address).cut(slash < 0 ? bits : lengthOf(text, text.substring(slash + 1), bits));
    }

    private static int lengthOf(String text, String digits, int bits) {
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > bits) {
            throw new IllegalArgumentException(
                    "Network '%s' must end in a prefix length from 0 to %d".formatted(text, bits));
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException refuse(String text) {
        return new IllegalArgumentException(
                "Network '%s' must be an IP address or a CIDR such as 10.0.0.0/8".formatted(text));
    }

    public boolean contains(Prefix other) {
        return v6 == other.v6
                && length <= other.length
                && high == (other.high & mask(length))
                && low == (other.low & mask(length - 64));
    }

    /// The shorter prefix that starts with the same bits.
    public Prefix cut(int shorter) {
        return new Prefix(v6, high, low, shorter);
    }

    /// The bit at `index`, counted from the first bit of the address.
    public boolean bit(int index) {
        return index < 64 ? (high << index) < 0 : (low << (index - 64)) < 0;
    }

    /// One of the two halves.
    public Prefix half(boolean upper) {
        if (!upper) {
            return new Prefix(v6, high, low, length + 1);
        }
        return length < 64
                ? new Prefix(v6, high | Long.MIN_VALUE >>> length, low, length + 1)
                : new Prefix(v6, high, low | Long.MIN_VALUE >>> (length - 64), length + 1);
    }

    /// Whether this is one address.
    public boolean isWhole() {
        return length == (v6 ? 128 : 32);
    }

    /// 4 or 16 bytes, host bits zero.
    public byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) (high >>> 32)).array();
    }

    @Override
    public int compareTo(Prefix other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(bytes()).getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= 64 ? -1L : -1L << (64 - bits);
    }
}
