package io.ringfence.policy.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoneNamespacesTest {
    private final GoneNamespaces gone = new GoneNamespaces();

    @Test
    void areThoseThatWereThere() {
        gone.announced("1", "/acme");
        gone.announced("2", "/acme/shop");
        assertThat(gone.names()).isEmpty();

        gone.deleted("2");
        gone.deleted("3");
        assertThat(gone.names()).containsExactly("/acme/shop");

        gone.cleared("/acme/shop");
        assertThat(gone.names()).isEmpty();
    }

    @Test
    void doNotIncludeOneThatWasMadeAgain() {
        gone.announced("1", "/acme");
        gone.deleted("1");
        gone.announced("2", "/acme");
        assertThat(gone.names()).isEmpty();

        gone.announced("3", "/acme/shop");
        gone.announced("4", "/acme/shop");
        gone.deleted("3");
        assertThat(gone.names()).isEmpty();
    }
}
