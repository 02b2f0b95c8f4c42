package io.ringfence.protocol.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An operation of the API that is no verb of a declared resource, such as `POST /issue`. Whoever
/// answers it makes one available as a CDI bean (`@Produces @Singleton`), and it is in the
/// document:
///
/// ```java
/// OperationDeclaration.post("/issue", "Issue a token").byAnybody()
///         .taking(Content.object(BODY)).answering(Content.object(BODY))
/// ```
///
/// @param path with `{id}` where a path has one
/// @param shared parameters of the protocol it has too, by name: `page`, `X-Fields`
/// @param answers by HTTP status; refusals need no mention
public record OperationDeclaration(
        String method,
        String path,
        String summary,
        Access access,
        List<String> shared,
        List<Parameter> parameters,
        Content body,
        Map<Integer, Answer> answers) {

    /// Who may ask at all, as the gateway sees it.
    public enum Access {
        /// Nobody is asked who they are.
        ANYBODY,
        /// Everyone who is known; the answer is about the caller.
        KNOWN,
        /// Whoever is authorized in the namespace of `X-Namespace`.
        AUTHORIZED
    }

    /// @param type a JSON schema type, `string`
    public record Parameter(String name, String type, String description) {}

    public record Answer(String description, Content content, List<String> headers) {}

    public OperationDeclaration {
        shared = List.copyOf(shared);
        parameters = List.copyOf(parameters);
        answers = java.util.Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    public static OperationDeclaration get(String path, String summary) {
        return of("GET", path, summary);
    }

    public static OperationDeclaration post(String path, String summary) {
        return of("POST", path, summary);
    }

    public static OperationDeclaration of(String method, String path, String summary) {
        return new OperationDeclaration(
                method,
                path,
                summary,
                Access.AUTHORIZED,
                List.of(),
                List.of(),
                new Content.Nothing(),
                Map.of());
    }

    public OperationDeclaration byAnybody() {
        return by(Access.ANYBODY);
    }

    public OperationDeclaration byWhoeverIsKnown() {
        return by(Access.KNOWN);
    }

    private OperationDeclaration by(Access whom) {
        return new OperationDeclaration(
                method, path, summary, whom, shared, parameters, body, answers);
    }

    /// Adds parameters of the protocol, by name.
    public OperationDeclaration sharing(String... names) {
        return new OperationDeclaration(
                method, path, summary, access, List.of(names), parameters, body, answers);
    }

    /// Adds a query parameter.
    public OperationDeclaration with(String name, String type, String description) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, type, description));
        return new OperationDeclaration(method, path, summary, access, shared, more, body, answers);
    }

    public OperationDeclaration taking(Content content) {
        return new OperationDeclaration(
                method, path, summary, access, shared, parameters, content, answers);
    }

    /// Answers 200 with this.
    ///
    /// @param headers of `X-Count-Total`, `X-Next`, `X-Messages`, those the answer has
    public OperationDeclaration answering(Content content, String... headers) {
        return answering(200, "The answer", content, headers);
    }

    public OperationDeclaration answering(
            int status, String description, Content content, String... headers) {
        Map<Integer, Answer> more = new TreeMap<>(answers);
        more.put(status, new Answer(description, content, List.of(headers)));
        return new OperationDeclaration(
                method, path, summary, access, shared, parameters, body, more);
    }

    /// The same under another path.
    public OperationDeclaration alsoAt(String otherPath) {
        return new OperationDeclaration(
                method, otherPath, summary, access, shared, parameters, body, answers);
    }

    /// The first segment; operations are shown together by it.
    String group() {
        String[] segments = path.split("/");
        return segments.length > 1 ? segments[1] : path;
    }

    /// `postIssue`, `getWellKnownJwksJson`.
    String id() {
        StringBuilder id = new StringBuilder(method.toLowerCase(Locale.ROOT));
        for (String word : path.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                id.append(Template.capitalized(word));
            }
        }
        return id.toString();
    }
}
