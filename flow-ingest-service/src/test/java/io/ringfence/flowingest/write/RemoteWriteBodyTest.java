package io.ringfence.flowingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class RemoteWriteBodyTest {
    private static final List<Label> FLOWS =
            List.of(new Label("__name__", "flows"), new Label("n", "ä"));

    @Test
    void putsTheLabelsOfASeriesOnceBeforeAllItsSamples() {
        RemoteWriteBody body = new RemoteWriteBody();
        body.add(List.of(new Sample(FLOWS, 1, 5)));
        body.add(List.of(new Sample(FLOWS, 2, 300)));
        assertThat(HexFormat.of().formatHex(body.uncompressed()))
                .isEqualTo(
                        "0a37"
                                + "0a110a085f5f6e616d655f5f1205666c6f7773"
                                + "0a070a016e1202c3a4"
                                + "120b09000000000000f03f1005"
                                + "120c09000000000000004010ac02");
        assertThat(body.rows()).isEqualTo(2);
        assertThat(body.newestMs()).isEqualTo(300);
    }

    @Test
    void compressesWithSnappy() throws Exception {
        RemoteWriteBody body = new RemoteWriteBody();
        body.add(List.of(new Sample(FLOWS, 1, 5)));
        assertThat(Snappy.uncompress(body.compressed())).isEqualTo(body.uncompressed());
    }
}
