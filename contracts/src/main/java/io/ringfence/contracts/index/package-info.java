/// The index of the API: every path there is, what it is called in permissions, whose it is, and
/// who may ask at all (`reference/api.md` Appendix A, and what is ours). What a resource looks like
/// is left to its service.
@NullMarked
package io.ringfence.contracts.index;

import org.jspecify.annotations.NullMarked;
