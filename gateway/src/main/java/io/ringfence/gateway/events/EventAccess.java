package io.ringfence.gateway.events;

import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.remember.Remembered;
import io.ringfence.trust.assertion.AssertedCaller;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/// What one caller may see. An answer holds for a quarter of a second, so that a right that was
/// withdrawn stops the frames within one.
final class EventAccess {
    private static final Duration BELIEVED_FOR = Duration.ofMillis(250);
    private static final Duration GONE_FOR = Duration.ofSeconds(1);
    private static final int REMEMBERED = 1_000;

    /// The identity that stands for listening itself.
    static final String LISTENING = "pushsession";

    private record Kind(String identity, String namespace) {}

    private final Admission admission;
    private final AssertedCaller caller;
    private final String remoteAddress;
    private final Clock clock = Clock.systemUTC();
    private final Remembered<Kind, Boolean> answers = new Remembered<>(REMEMBERED, clock);
    private final Remembered<String, Boolean> gone = new Remembered<>(REMEMBERED, clock);

    EventAccess(Admission admission, AssertedCaller caller, String remoteAddress) {
        this.admission = admission;
        this.caller = caller;
        this.remoteAddress = remoteAddress;
    }

    Future<Decision> listen(String namespace) {
        return admission.decide(question(LISTENING, namespace));
    }

    Future<Boolean> see(String identity, String namespace) {
        Kind kind = new Kind(identity, namespace);
        return answers.get(kind)
                .map(Future::succeededFuture)
                .orElseGet(() ->
                        ask(identity, namespace)
                                .onSuccess(may ->
                                        answers.put(
                                                kind, may, clock.instant().plus(BELIEVED_FOR))));
    }

    /// A namespace that is deleted still has events of what was in it. They are for whoever may see
    /// such objects in the namespace above.
    private Future<Boolean> ask(String identity, String namespace) {
        if (gone.get(namespace).isPresent()) {
            return ask(identity, NamespaceName.parent(namespace));
        }
        return admission
                .decide(question(identity, namespace))
                .compose(decision ->
                        switch (decision) {
                            case Decision.Allowed _ -> Future.succeededFuture(true);
                            case Decision.Denied _, Decision.Revoked _ ->
                                    Future.succeededFuture(false);
                            case Decision.NamespaceUnknown _ -> {
                                gone.put(namespace, true, clock.instant().plus(GONE_FOR));
                                yield ask(identity, NamespaceName.parent(namespace));
                            }
                        });
    }

    private Question question(String identity, String namespace) {
        return new Question(caller, identity, Verb.GET, namespace, remoteAddress);
    }
}
