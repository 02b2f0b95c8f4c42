/// Import of whole documents (`reference/api.md` §7): all of a document's objects in one
/// transaction, each authorized as the caller's own, remembered by the document's label. Storing an
/// object goes the same way as a single create or update. How a document is read is the room
/// document's.
@NullMarked
package io.ringfence.policy.importing;

import org.jspecify.annotations.NullMarked;
