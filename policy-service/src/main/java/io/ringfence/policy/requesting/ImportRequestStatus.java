package io.ringfence.policy.requesting;

import java.util.Locale;
import java.util.Set;

/// Where an import request stands.
enum ImportRequestStatus {
    /// With the requester, who may change everything.
    DRAFT,
    /// In the target namespace; nobody changes it, whoever decides there comments and decides.
    SUBMITTED,
    APPROVED,
    REJECTED;

    static ImportRequestStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// What may follow, itself included.
    Set<ImportRequestStatus> next() {
        return switch (this) {
            case DRAFT -> Set.of(DRAFT, SUBMITTED);
            case SUBMITTED -> Set.of(values());
            case APPROVED, REJECTED -> Set.of();
        };
    }

    String text() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
