package io.ringfence.flowingest.verify;

import io.ringfence.contracts.flow.FlowBatch;
import java.util.Locale;

/// What became of a record.
public sealed interface Verification {
    /// @param namespace of the enforcer's certificate
    record Verified(FlowBatch batch, String namespace) implements Verification {}

    /// @param sentence for the one who reads the dead letter
    record Refused(Reason reason, String sentence) implements Verification {}

    /// Why a record was refused, as counted.
    enum Reason {
        UNREADABLE,
        CERTIFICATE,
        SIGNATURE,
        CONSOLE,
        ENFORCER,
        WINDOW,
        NAMESPACE,
        CONTENT;

        /// As a label's value.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
