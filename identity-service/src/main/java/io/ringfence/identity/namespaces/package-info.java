/// Namespaces: the tree everything lives in (`reference/api.md` §1). A namespace object lives in
/// its parent; the root lives nowhere and cannot be changed. What lives in a namespace in other
/// services is not seen here: deleting one refuses only while this service keeps something in it.
@NullMarked
package io.ringfence.identity.namespaces;

import org.jspecify.annotations.NullMarked;
