package io.ringfence.flowingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "'', ''",
        "0a4d00ff, 10.77.0.255",
        "20010db8000000000000000000000001, 2001:db8::1",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "fe800000000000000000000000000000, fe80::",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "20010000000000010000000000000001, 2001:0:0:1::1",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    })
    void writesEachAddressInOneWay(String bytes, String text) {
        assertThat(Addresses.text(ByteString.fromHex(bytes))).isEqualTo(text);
    }
}
