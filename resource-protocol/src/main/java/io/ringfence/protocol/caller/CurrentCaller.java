package io.ringfence.protocol.caller;

import io.ringfence.protocol.error.Fault;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// The caller of the request at hand. Ask before the first asynchronous step.
@RequestScoped
public class CurrentCaller {
    private @Nullable Caller caller;

    void set(Caller known) {
        caller = known;
    }

    public Caller get() {
        Caller known = caller;
        if (known == null) {
            throw Fault.unauthorized("The request carries no assertion of the gateway")
                    .asException();
        }
        return known;
    }

    /// The caller, in a request that names its target namespace.
    ///
    /// @throws io.ringfence.protocol.error.ApiException 400 if there is none
    public Caller inNamespace() {
        Caller known = get();
        if (!known.namespace().startsWith("/")) {
            throw Fault.badRequest("Name the target namespace in the header X-Namespace")
                    .asException();
        }
        return known;
    }
}
