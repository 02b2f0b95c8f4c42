package io.ringfence.gateway.authorize;

import io.netty.util.NetUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CIDR, or a single address. Compares bits, never text.
public record Network(byte[] address, int prefixLength) {

    /// Empty for what is neither; names are not resolved.
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        int bits = address.length * 8;
        if (slash < 0) {
            return Optional.of(new Network(address, bits));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(new Network(address, Integer.parseInt(length)));
    }

    /// Whether the numeric address lies inside. An IPv4 address in IPv6 form counts as IPv4.
    public boolean contains(String numericAddress) {
        byte[] other = bytes(numericAddress);
        if (other == null || other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] bytes(String numeric) {
        int zone = numeric.indexOf('%');
        byte[] bytes =
                NetUtil.createByteArrayFromIpAddressString(
                        zone < 0 ? numeric : numeric.substring(0, zone));
        boolean mapped = bytes != null && bytes.length == 16 && isMapped(bytes);
        return mapped && bytes != null ? java.util.Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
    }
}
