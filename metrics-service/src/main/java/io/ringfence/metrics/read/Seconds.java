package io.ringfence.metrics.read;

import java.math.BigDecimal;

/// Times as Prometheus' API writes them: seconds since 1970, with decimals.
public final class Seconds {
    private static final int MS_DIGITS = 3;

    private Seconds() {}

    public static String ofMs(long timeMs) {
        return BigDecimal.valueOf(timeMs, MS_DIGITS).toPlainString();
    }

    static long toMs(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1_000);
    }
}
