package io.ringfence.protocol.replay;

import io.ringfence.protocol.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A write that its client may send again. The same key of the same caller on the same path is the
/// same write; the same write must ask for the same thing.
///
/// @param id digest of caller, method, path, namespace and key: nobody meets another's answers, and
///   a key says nothing to who reads the store
/// @param request digest of query and body
public record RepeatableWrite(String id, String request) {

    /// Nothing if the client sent no key.
    ///
    /// @param path without the version prefix
    public static Optional<RepeatableWrite> of(
            Caller caller, String method, String path, @Nullable String query, byte[] body) {
        String key = caller.tracking().idempotencyKey();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String id =
                digest(
                        text(caller.subject()),
                        text(caller.realm()),
                        text(method),
                        text(path),
                        text(caller.namespace()),
                        text(key));
        return Optional.of(new RepeatableWrite(id, digest(text(query == null ? "" : query), body)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Each part with its length before it, so that no two lists of parts look the same.
    private static String digest(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(text(part.length + ":"));
                sha256.update(part);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
