/// What enforcers made of their policies: the newest receipt of each, known to every instance and
/// after a restart, because receipts go through `policy.receipt.v1`; and how long the way there
/// took. Taking receipts in is left to `internal`, reading the topic to `world`, and saying what
/// follows from them to `enforcement`.
@NullMarked
package io.ringfence.policy.receipt;

import org.jspecify.annotations.NullMarked;
