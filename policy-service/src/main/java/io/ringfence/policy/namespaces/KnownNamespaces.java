package io.ringfence.policy.namespaces;

import io.ringfence.policy.namespaces.NamespaceNames.Known;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/// What other rooms ask about namespaces.
@ApplicationScoped
public class KnownNamespaces {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String INHERIT = "Inherit";

    private final NamespaceNames names;
    private final NamespaceFeed feed;

    KnownNamespaces(NamespaceNames names, NamespaceFeed feed) {
        this.names = names;
        this.feed = feed;
    }

    /// A namespace that is not known is looked for in what was announced just now, for at most two
    /// seconds. Answers where it was asked: on the same event loop.
    public Uni<Boolean> exists(String name) {
        if (name.equals("/") || names.named(name).isPresent()) {
            return Uni.createFrom().item(true);
        }
        Context asking = Vertx.currentContext();
        Executor here =
                asking == null ? Runnable::run : work -> asking.runOnContext(_ -> work.run());
        return Uni.createFrom()
                .completionStage(feed::catchUp)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(() -> Uni.createFrom().nullItem())
                .emitOn(here)
                .map(_ -> names.named(name).isPresent());
    }

    /// The `@org:` tags that everything in the namespace carries: its own and those from above.
    public List<String> organizationalTags(String name) {
        return names.upward(name)
                .flatMap(known -> known.organizationalTags().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// `Allow` or `Reject`: what the namespace says, or the nearest above it that says anything.
    public String incomingAction(String name) {
        return nearest(names.upward(name), Known::incoming);
    }

    /// Likewise.
    public String outgoingAction(String name) {
        return nearest(names.upward(name), Known::outgoing);
    }

    private static String nearest(Stream<Known> upward, Function<Known, String> action) {
        return upward.map(action)
                .filter(each -> !each.isEmpty() && !each.equals(INHERIT))
                .findFirst()
                .orElse("Reject");
    }
}
