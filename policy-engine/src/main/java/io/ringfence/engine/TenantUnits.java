package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.tag.TagExpression;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The running processing units of one tenant.
public interface TenantUnits {
    @Nullable ProcessingUnit owner(Prefix address);

    /// Every owned address with its owner, in address order.
    void forEachOwned(BiConsumer<Prefix, ProcessingUnit> visitor);

    /// Those that match, each once, in any order.
    void forEachMatching(TagExpression expression, Consumer<ProcessingUnit> visitor);
}
