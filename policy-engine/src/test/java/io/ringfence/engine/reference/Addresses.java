package io.ringfence.engine.reference;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.names.DnsAnswer;
import io.ringfence.engine.names.DnsAnswers;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/// Which addresses external networks hold.
final class Addresses {
    private Addresses() {}

    /// How many bits the longest entry that contains the address fixes; -1 when none contains it.
    static int longest(ExternalNetwork network, DnsAnswers dns, Instant now, InetAddress address) {
        int longest = -1;
        for (NetworkEntry entry : network.entries()) {
            if (entry instanceof NetworkEntry.Included included
                    && contains(included.prefix(), address)) {
                longest = Math.max(longest, included.prefix().length());
            }
            if (entry instanceof NetworkEntry.Domain domain && isNamed(domain, dns, now, address)) {
                longest = address.getAddress().length * 8;
            }
        }
        return longest;
    }

    static boolean isCutOut(ExternalNetwork network, InetAddress address) {
        for (NetworkEntry entry : network.entries()) {
            if (entry instanceof NetworkEntry.Excluded excluded
                    && contains(excluded.prefix(), address)) {
                return true;
            }
        }
        return false;
    }

    /// Whether processing units are known there for this traffic.
    static boolean isTarget(TargetNetworks targets, Traffic traffic, InetAddress address) {
        List<List<NetworkEntry>> lists =
                traffic.protocol() == 6
                        ? targets.tcp()
                        : traffic.protocol() == 17 ? targets.udp() : List.of();
        boolean inside = lists.isEmpty();
        for (List<NetworkEntry> list : lists) {
            boolean in = false;
            boolean out = false;
            for (NetworkEntry entry : list) {
                in |= entry instanceof NetworkEntry.Included it && contains(it.prefix(), address);
                out |= entry instanceof NetworkEntry.Excluded it && contains(it.prefix(), address);
            }
            inside |= in && !out;
        }
        return inside;
    }

    private static boolean contains(Prefix prefix, InetAddress address) {
        int bits = address.getAddress().length * 8;
        if (prefix.v6() != (bits == 128)) {
            return false;
        }
        BigInteger network = new BigInteger(1, prefix.bytes());
        BigInteger one = new BigInteger(1, address.getAddress());
        int rest = bits - prefix.length();
        return network.shiftRight(rest).equals(one.shiftRight(rest));
    }

    private static boolean isNamed(
            NetworkEntry.Domain domain, DnsAnswers dns, Instant now, InetAddress address) {
        for (DnsAnswer answer : dns.answers()) {
            boolean named =
                    domain.wildcard()
                            ? answer.name().endsWith("." + domain.name())
                            : answer.name().equals(domain.name());
            Instant end = answer.received().plus(answer.timeToLive()).plus(dns.grace());
            boolean holds = !answer.received().isAfter(now) && end.isAfter(now);
            if (named && holds && answer.address().equals(address)) {
                return true;
            }
        }
        return false;
    }
}
