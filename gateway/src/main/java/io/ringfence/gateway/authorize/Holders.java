package io.ringfence.gateway.authorize;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.gateway.authorize.Holding.Ended;
import io.ringfence.gateway.authorize.Holding.Live;
import io.ringfence.gateway.authorize.Holding.Unknown;
import io.ringfence.gateway.remember.Remembered;
import io.ringfence.trust.assertion.AssertedCaller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Those whom tokens and certificates were given to, as identity-service announces them: app
/// credentials, local accounts and enforcers. What a token says stays true for as long as it lives;
/// whether its holder is still anybody is decided here, whatever API authorizations say about its
/// name. One thread writes, many read.
///
/// An app credential or an account has to be known; an enforcer only has to be none of those that
/// were revoked, since its certificate lives a day. A token that was logged out, and each that was
/// made from it, is nobody's until identity-service takes it back, once it would have expired; by
/// then those have expired too.
public final class Holders {
    static final String ENFORCER_ID = "@auth:enforcerid=";

    private static final String CREDENTIAL = "@auth:commonname=app:credential:";
    private static final String ACCOUNT = "@auth:account=";

    /// How many of those that are gone are refused without looking for news of them.
    private static final int ENDED_REMEMBERED = 100_000;

    /// Longer than an enforcer's certificate and a minute of doubt about clocks.
    private static final Duration ENFORCER_ENDED_FOR = Duration.ofHours(25);

    private static final Holding LIVE = new Live();
    private static final Holding UNKNOWN = new Unknown();
    private static final Holding ENFORCER_ENDED =
            new Ended("The enforcer's certificate was revoked.");
    private static final Holding CREDENTIAL_ENDED =
            new Ended("The app credential of this token is disabled or deleted.");
    private static final Holding LOGGED_OUT =
            new Ended("The token, or one that it was made from, was logged out.");
    private static final Holding ACCOUNT_ENDED =
            new Ended("The account of this token is not active or was deleted.");

    private record Holder(String id, boolean active) {}

    private final Clock clock;

    /// By the tag that names them.
    private final Map<String, Holder> known = new ConcurrentHashMap<>();

    private final Map<String, String> tagById = new ConcurrentHashMap<>();
    private final Map<String, Boolean> revoked = new ConcurrentHashMap<>();
    private final Set<String> loggedOut = ConcurrentHashMap.newKeySet();
    private final Remembered<String, Boolean> ended;

    public Holders(Clock clock) {
        this.clock = clock;
        this.ended = new Remembered<>(ENDED_REMEMBERED, clock);
    }

    /// Takes in an `appcredential`, an `account`, an `enforcercertificate` or a `loggedouttoken`
    /// (its id is the token's); anything else is nobody's.
    ///
    /// @param json the state's JSON, parsed
    /// @return whether it is an enforcer that was good until now
    public boolean put(ObjectState state, JsonNode json) {
        String id = state.getId();
        String name = json.path("name").asText("");
        switch (state.getIdentity()) {
            case "appcredential" ->
                    put(CREDENTIAL + id + ":" + name, id, !json.path("disabled").asBoolean(false));
            case "account" ->
                    put(ACCOUNT + name, id, json.path("status").asText("").equals("Active"));
            case "enforcercertificate" -> {
                String tag = ENFORCER_ID + id;
                if (json.path("revoked").asBoolean(false)) {
                    return revoked.put(tag, true) == null;
                }
                revoked.remove(tag);
                ended.remove(tag);
            }
            case "loggedouttoken" -> loggedOut.add(id);
            default -> {}
        }
        return false;
    }

    private void put(String tag, String id, boolean active) {
        known.put(tag, new Holder(id, active));
        tagById.put(id, tag);
    }

    /// Whatever had this id is gone. An enforcer whose entry went (with its namespace) still has a
    /// certificate, so it is remembered for as long as that may be good.
    public void remove(String id) {
        if (loggedOut.remove(id)) {
            return;
        }
        String enforcer = ENFORCER_ID + id;
        ended.put(enforcer, true, clock.instant().plus(ENFORCER_ENDED_FOR));
        revoked.remove(enforcer);
        String tag = tagById.remove(id);
        if (tag != null
                && known.computeIfPresent(
                                tag, (_, holder) -> holder.id().equals(id) ? null : holder)
                        == null) {
            ended.put(tag, true, Instant.MAX);
        }
    }

    /// Notes that nothing more is to be heard of such a holder for now, so that its next request
    /// need not wait for news.
    public void giveUp(AssertedCaller caller) {
        tagOf(caller).ifPresent(tag -> ended.put(tag, true, Instant.MAX));
    }

    public Holding of(AssertedCaller caller) {
        if (isLoggedOut(caller)) {
            return LOGGED_OUT;
        }
        for (String tag : caller.tags()) {
            if (tag.startsWith(ENFORCER_ID) && isEnded(tag)) {
                return ENFORCER_ENDED;
            }
        }
        return tagOf(caller).map(this::named).orElse(LIVE);
    }

    private boolean isLoggedOut(AssertedCaller caller) {
        if (loggedOut.contains(caller.tokenId())) {
            return true;
        }
        for (String ancestor : caller.ancestors()) {
            if (loggedOut.contains(ancestor)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEnded(String enforcer) {
        return revoked.containsKey(enforcer) || ended.get(enforcer).isPresent();
    }

    private Holding named(String tag) {
        Holder holder = known.get(tag);
        if (holder != null && holder.active()) {
            return LIVE;
        }
        if (holder == null && ended.get(tag).isEmpty()) {
            return UNKNOWN;
        }
        return tag.startsWith(ACCOUNT) ? ACCOUNT_ENDED : CREDENTIAL_ENDED;
    }

    /// Empty for an enforcer, and for realms whose callers are nobody's here.
    private static Optional<String> tagOf(AssertedCaller caller) {
        String prefix =
                switch (caller.realm()) {
                    case "certificate" -> CREDENTIAL;
                    case "vince" -> ACCOUNT;
                    default -> "";
                };
        return prefix.isEmpty()
                ? Optional.empty()
                : caller.tags().stream().filter(tag -> tag.startsWith(prefix)).findFirst();
    }
}
