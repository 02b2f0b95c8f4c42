/// Questions in PromQL, read into a tree, held against the namespace they may see, and written
/// again from the tree: what runs is what was checked. Pure; running them is left to `read`.
@NullMarked
package io.ringfence.metrics.query;

import org.jspecify.annotations.NullMarked;
