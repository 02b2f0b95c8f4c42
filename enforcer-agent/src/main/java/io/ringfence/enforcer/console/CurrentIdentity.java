package io.ringfence.enforcer.console;

import java.util.function.Supplier;

/// The identity in use; replaced when the certificate is renewed.
public final class CurrentIdentity implements Supplier<EnforcerIdentity> {
    private volatile EnforcerIdentity current;

    public CurrentIdentity(EnforcerIdentity first) {
        this.current = first;
    }

    @Override
    public EnforcerIdentity get() {
        return current;
    }

    public void replace(EnforcerIdentity renewed) {
        current = renewed;
    }
}
