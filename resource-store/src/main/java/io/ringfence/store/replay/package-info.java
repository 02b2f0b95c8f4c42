/// Answers that writes were given, by `Idempotency-Key`: kept in the transaction of the write, for
/// a day, then taken away. Which write a key stands for is the protocol's.
@NullMarked
package io.ringfence.store.replay;

import org.jspecify.annotations.NullMarked;
