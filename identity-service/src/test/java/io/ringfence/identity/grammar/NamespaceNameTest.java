package io.ringfence.identity.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceNameTest {
    @ParameterizedTest
    @CsvSource({
        "/acme, shop, /acme/shop",
        "/, acme, /acme",
        "/, /acme, /acme",
        "/acme, /acme/shop, /acme/shop",
        "/a/b, c-1_D, /a/b/c-1_D"
    })
    void namesAChild(String parent, String sent, String expected) {
        assertThat(new NamespaceName(parent).child(sent).absolute()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/acme, a/b",
        "/acme, /other/shop",
        "/acme, /acme",
        "/acme, /",
        "/, /a/b",
        "/acme, /acme/a/b"
    })
    void refusesAChildOfAnotherNamespace(String parent, String sent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamespaceName(parent).child(sent))
                .withMessageContaining("X-Namespace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop", "/acme/", "//", "/a//b", "/a b", "/ä", "/a.b", "/../a", "/a\n"})
    void refusesWhatIsNotAbsolute(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NamespaceName(text));
    }

    @Test
    void refusesTooLongANameOfAChild() {
        NamespaceName parent = new NamespaceName("/" + "a".repeat(250));
        assertThat(parent.child("bcde").absolute()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> parent.child("bcdef"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /acme, true",
        "/acme, /acme, true",
        "/acme, /acme/shop, true",
        "/acme, /acme2, false",
        "/acme/shop, /acme, false"
    })
    void coversItselfAndWhatIsBelow(String upper, String lower, boolean expected) {
        assertThat(new NamespaceName(upper).covers(new NamespaceName(lower))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/, false, /", "/acme, true, /", "/acme/shop, false, /acme"})
    void knowsTenantsAndParents(String name, boolean tenant, String parent) {
        assertThat(new NamespaceName(name).isTenant()).isEqualTo(tenant);
        assertThat(new NamespaceName(name).parent().absolute()).isEqualTo(parent);
    }
}
