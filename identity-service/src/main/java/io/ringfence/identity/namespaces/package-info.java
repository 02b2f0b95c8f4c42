/// Namespaces: the tree everything lives in (`reference/api.md` §1). A namespace object lives in
/// its parent; the root lives nowhere and cannot be changed. What lives in a namespace in other
/// services is not seen here: deleting one is refused while this service keeps something in it, or
/// takes that along with `override=true`; the other services hear of it and delete what is theirs.
@NullMarked
package io.ringfence.identity.namespaces;

import org.jspecify.annotations.NullMarked;
