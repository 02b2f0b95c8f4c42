package io.ringfence.protocol.behaviour;

import io.ringfence.protocol.caller.Caller;
import java.util.List;

/// Under whose name changes go into the audit trail, by which request, and what that caller was
/// told about them. Texts are empty where there are none.
///
/// @param claims the caller's claims as `@auth:key=value`
/// @param trackingId `X-External-Tracking-ID`; the type likewise
/// @param messages sentences answered as `X-Messages`
public record Signature(
        String subject,
        String realm,
        List<String> claims,
        String requestId,
        String trackingId,
        String trackingType,
        List<String> messages) {
    private static final String CONSOLE = "console";

    public Signature {
        claims = List.copyOf(claims);
        messages = List.copyOf(messages);
    }

    public static Signature of(Caller caller) {
        return new Signature(
                caller.subject(),
                caller.realm(),
                caller.tags(),
                caller.tracking().requestId(),
                caller.tracking().externalId(),
                caller.tracking().externalType(),
                List.of());
    }

    /// Of changes that the console makes by itself.
    public static Signature console(String service) {
        return new Signature(service, CONSOLE, List.of(), "", "", "", List.of());
    }

    /// The same, and what the caller was told about the changes.
    public Signature saying(List<String> sentences) {
        return new Signature(
                subject, realm, claims, requestId, trackingId, trackingType, sentences);
    }
}
