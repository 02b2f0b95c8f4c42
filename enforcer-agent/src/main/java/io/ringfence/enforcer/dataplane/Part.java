package io.ringfence.enforcer.dataplane;

import java.util.Locale;

/// A chain, set or map that one generation uses and no other.
record Part(Kind kind, String name) {
    enum Kind {
        CHAIN,
        SET,
        MAP;

        /// nft's word for it.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Part chain(String name) {
        return new Part(Kind.CHAIN, name);
    }

    boolean isChain() {
        return kind == Kind.CHAIN;
    }
}
