package io.ringfence.gateway.authorize;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.schedule.Schedule;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An API authorization (`reference/api.md` §5): whoever matches the subject may do something in a
/// namespace and all below it.
///
/// @param subject one line is a conjunction of claims, the lines are alternatives
/// @param schedule when it holds; none: always
/// @param fallback counts only for a caller whom no other policy concerns
record AuthorizationPolicy(
        String id,
        List<Set<String>> subject,
        Permissions permissions,
        String authorizedNamespace,
        List<Network> subnets,
        Optional<Instant> expires,
        Optional<Schedule> schedule,
        boolean fallback) {

    /// Of an `apiauthorizationpolicy` or an `appcredential`. Empty for one that grants nothing:
    /// disabled, with a schedule nobody can read, or reaching out of its own namespace.
    static Optional<AuthorizationPolicy> of(ObjectState state, JsonNode json) {
        return switch (state.getIdentity()) {
            case "apiauthorizationpolicy" -> ofPolicy(state, json);
            case "appcredential" -> ofCredential(state, json);
            default -> Optional.empty();
        };
    }

    private static Optional<AuthorizationPolicy> ofPolicy(ObjectState state, JsonNode json) {
        String target = json.path("authorizedNamespace").asText("");
        boolean applies =
                !json.path("disabled").asBoolean(false)
                        && NamespaceName.isWellFormed(target)
                        && NamespaceName.covers(state.getNamespace(), target);
        if (!applies) {
            return Optional.empty();
        }
        Optional<Schedule> schedule;
        try {
            schedule = schedule(json);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        List<Set<String>> subject = new ArrayList<>();
        for (JsonNode line : json.path("subject")) {
            Set<String> claims = Set.copyOf(new java.util.HashSet<>(texts(line)));
            if (!claims.isEmpty()) {
                subject.add(claims);
            }
        }
        return Optional.of(
                new AuthorizationPolicy(
                        state.getId(),
                        subject,
                        Permissions.of(texts(json.path("authorizedIdentities"))),
                        target,
                        networks(json.path("authorizedSubnets")),
                        instant(json.path("expirationTime")),
                        schedule,
                        json.path("fallback").asBoolean(false)));
    }

    private static Optional<AuthorizationPolicy> ofCredential(ObjectState state, JsonNode json) {
        if (json.path("disabled").asBoolean(false)) {
            return Optional.empty();
        }
        String commonName = "app:credential:" + state.getId() + ":" + json.path("name").asText("");
        return Optional.of(
                new AuthorizationPolicy(
                        state.getId(),
                        List.of(
                                Set.of(
                                        "@auth:realm=certificate",
                                        "@auth:commonname=" + commonName)),
                        Permissions.of(texts(json.path("roles"))),
                        state.getNamespace(),
                        networks(json.path("authorizedSubnets")),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    boolean concerns(Set<String> callerTags) {
        return subject.stream().anyMatch(callerTags::containsAll);
    }

    boolean admits(String remoteAddress, Instant now) {
        return expires.map(now::isBefore).orElse(true)
                && schedule.map(active -> active.isActiveAt(now)).orElse(true)
                && (subnets.isEmpty()
                        || subnets.stream().anyMatch(net -> net.contains(remoteAddress)));
    }

    /// Whether it depends on when or from where somebody asks.
    boolean isConditional() {
        return expires.isPresent() || schedule.isPresent() || !subnets.isEmpty();
    }

    /// @throws IllegalArgumentException if it cannot be read
    private static Optional<Schedule> schedule(JsonNode json) {
        String begins = json.path("activeSchedule").asText("");
        return begins.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Schedule.of(
                                begins, GoDuration.parse(json.path("activeDuration").asText(""))));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /// A subnet that cannot be read admits nobody, so it must not look like "no subnets".
    private static List<Network> networks(JsonNode array) {
        return texts(array).stream()
                .map(text -> Network.parse(text).orElse(new Network(new byte[0], 0)))
                .toList();
    }

    /// An expiry that cannot be read has passed.
    private static Optional<Instant> instant(JsonNode time) {
        String text = time.asText("");
        if (time.isNull() || text.isEmpty() || text.startsWith("0001-01-01")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.of(Instant.EPOCH);
        }
    }
}
