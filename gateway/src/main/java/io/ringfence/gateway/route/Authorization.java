package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.route.Resource.Place.Target;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertedCaller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;

/// The step of a request's way that finds out in which namespace it is meant, and whether the
/// caller may. Whoever may not is answered here.
@Singleton
class Authorization {
    private final Admission admission;
    private final RemoteAddress remoteAddress;

    Authorization(Admission admission, RemoteAddress remoteAddress) {
        this.admission = admission;
        this.remoteAddress = remoteAddress;
    }

    /// @param permissions all that the caller may do there; none where it was not asked
    /// @param elsewhere where else the caller may create what this is about
    record Granted(String namespace, List<String> permissions, List<String> elsewhere) {
        static Granted nothing(String namespace) {
            return new Granted(namespace, List.of(), List.of());
        }
    }

    /// @param then what happens next
    void of(
            Exchange exchange,
            Target target,
            Verb verb,
            AssertedCaller caller,
            Consumer<Granted> then) {
        List<String> namespaces = exchange.request().headers().getAll(Header.NAMESPACE);
        boolean aboutCaller = target.resource().access() == Access.AUTHENTICATED;
        if (aboutCaller && namespaces.isEmpty()) {
            then.accept(Granted.nothing(NamespaceName.ROOT));
        } else if (namespaces.size() != 1 || !NamespaceName.isWellFormed(namespaces.getFirst())) {
            exchange.refuse(
                    Fault.badRequest(
                            "Send the header "
                                    + Header.NAMESPACE
                                    + " with one absolute namespace, like /acme/shop."));
        } else if (aboutCaller) {
            then.accept(Granted.nothing(namespaces.getFirst()));
        } else {
            ask(
                    exchange,
                    new Question(
                            caller,
                            target.identity(),
                            verb,
                            namespaces.getFirst(),
                            remoteAddress.of(exchange.request())),
                    then);
        }
    }

    private void ask(Exchange exchange, Question question, Consumer<Granted> then) {
        admission
                .decide(question)
                .onFailure(exchange::fail)
                .onSuccess(decision -> {
                    switch (decision) {
                        case Decision.Allowed(List<String> permissions, List<String> elsewhere) ->
                                then.accept(
                                        new Granted(question.namespace(), permissions, elsewhere));
                        case Decision.Denied(String reason) ->
                                exchange.refuse(Fault.forbidden(reason));
                        case Decision.Revoked(String reason) ->
                                exchange.refuse(Fault.unauthorized(reason));
                        case Decision.NamespaceUnknown(String unknown) ->
                                exchange.refuse(
                                        Fault.notFound("There is no namespace " + unknown + "."));
                    }
                });
    }
}
