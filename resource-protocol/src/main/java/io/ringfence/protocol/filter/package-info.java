/// The filter language of `q` (`reference/api.md` §0) as a tree. Turning the tree into SQL is the
/// store's.
@NullMarked
package io.ringfence.protocol.filter;

import org.jspecify.annotations.NullMarked;
