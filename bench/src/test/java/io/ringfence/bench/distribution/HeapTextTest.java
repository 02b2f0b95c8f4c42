package io.ringfence.bench.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapTextTest {
    @Test
    void addsTheGenerations() {
        String text =
                """
                4711:
                 DefNew     total 4928K, used 513K [0x00000000f4000000, 0x00000000f4550000)
                  eden space 4416K,   1% used [0x00000000f4000000, 0x00000000f4010000)
                 Tenured    total 10944K, used 4000K [0x00000000f8000000, 0x00000000f8ab0000)
                   the  space 10944K,  36% used [0x00000000f8000000, 0x00000000f83e8000)
                 Metaspace       used 9000K, committed 9216K, reserved 1114112K
                """;
        assertThat(HeapText.usedBytes(text)).isEqualTo(4_513L << 10);
    }

    @Test
    void refusesAnotherHeap() {
        assertThatThrownBy(() -> HeapText.usedBytes("garbage-first heap total 1K, used 1K"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
