package io.ringfence.flowingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeduplicationFlagTest {
    @Test
    void isContentWithOneMillisecond() {
        String flags = "-dedup.minScrapeInterval=\"1ms\"\n-httpListenAddr=\"127.0.0.1:8428\"\n";
        assertThat(DeduplicationFlag.fault(flags, "http://store")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-dedup.minScrapeInterval=\"0s\"",
                "-dedup.minScrapeInterval=\"10s\"",
                "-dedup.minScrapeInterval=\"11ms\"",
                "-other=\"-dedup.minScrapeInterval=1ms\"",
            })
    void namesTheRemedyOtherwise(String flags) {
        assertThat(DeduplicationFlag.fault(flags, "http://store"))
                .get()
                .asString()
                .contains("http://store", "start it with -dedup.minScrapeInterval=1ms");
    }
}
