/// Objects of every declared resource in one table, behind the protocol's transactions: filters and
/// pages become parameterized SQL here, and every change is put into the outbox in the same
/// transaction. Publishing it is the outbox room's.
@NullMarked
package io.ringfence.store.object;

import org.jspecify.annotations.NullMarked;
