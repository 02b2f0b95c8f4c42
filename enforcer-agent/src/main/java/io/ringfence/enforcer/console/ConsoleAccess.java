package io.ringfence.enforcer.console;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The console with the identity in use: after a renewal, the next caller gets a new client.
public final class ConsoleAccess implements Supplier<Console>, AutoCloseable {
    private final URI api;
    private final Supplier<EnforcerIdentity> identity;
    private @Nullable EnforcerIdentity usedIdentity;
    private @Nullable Console console;

    public ConsoleAccess(URI api, Supplier<EnforcerIdentity> identity) {
        this.api = api;
        this.identity = identity;
    }

    @Override
    public synchronized Console get() {
        EnforcerIdentity current = identity.get();
        Console existing = console;
        if (existing != null && current.equals(usedIdentity)) {
            return existing;
        }
        close();
        Console fresh = Console.of(api, current);
        console = fresh;
        usedIdentity = current;
        return fresh;
    }

    @Override
    public synchronized void close() {
        if (console != null) {
            console.close();
            console = null;
        }
    }
}
