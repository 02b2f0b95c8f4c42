package io.ringfence.enforcer.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTableTest {
    @ParameterizedTest(name = "{0} is in {1}")
    @CsvSource({
        "10.0.0.1, 10.0.0.1/32",
        "10.0.0.2, 10.0.0.0/25",
        "10.0.0.127, 10.0.0.0/25",
        "10.0.0.128, nothing",
        "10.0.3.255, 10.0.2.0/23",
        "10.0.4.0, nothing",
        "255.255.255.255, 128.0.0.0/1",
        "127.255.255.255, nothing",
        "fd00::ffff, fd00::/112",
        "fd00::1:0, nothing",
        "::, nothing",
        "0.0.0.0, nothing",
    })
    void findsThePrefixAroundAnAddress(String address, String expected) {
        AddressTable<String> table = new AddressTable<>();
        for (String prefix :
                new String[] {
                    "10.0.0.1/32", "10.0.0.0/25", "10.0.2.0/23", "128.0.0.0/1", "fd00::/112"
                }) {
            Cidr cidr = Cidr.parse(prefix);
            table.put(
                    ByteString.copyFrom(cidr.address().getAddress()), cidr.prefixLength(), prefix);
        }
        assertThat(table.find(InetAddress.ofLiteral(address)).orElse("nothing"))
                .isEqualTo(expected);
    }
}
