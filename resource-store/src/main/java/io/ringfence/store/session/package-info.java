/// Statements in PostgreSQL, several on their way at a time, and the transactions they make up.
/// What they say is left to those who store something.
@NullMarked
package io.ringfence.store.session;

import org.jspecify.annotations.NullMarked;
