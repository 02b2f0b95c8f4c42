/// Export of a namespace's objects as documents (`reference/api.md` §7) that an import reads: no
/// secrets, nothing that the console fills in, nothing that is at its default, and always in the
/// same order.
@NullMarked
package io.ringfence.policy.exporting;

import org.jspecify.annotations.NullMarked;
