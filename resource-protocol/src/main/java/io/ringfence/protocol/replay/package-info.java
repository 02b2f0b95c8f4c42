/// Writes that happen once, however often they are sent (`Idempotency-Key`, `reference/api.md` §0):
/// which request a key stands for, and the answer that its repetitions get. Keeping the answer, in
/// the transaction of the change, is the store's.
@NullMarked
package io.ringfence.protocol.replay;

import org.jspecify.annotations.NullMarked;
