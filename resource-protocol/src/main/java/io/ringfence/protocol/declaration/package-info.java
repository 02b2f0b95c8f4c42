/// What a resource looks like: one declaration per resource, and the check of a JSON object against
/// it. What a resource does beyond that is its behaviour; where objects are kept is the store's.
@NullMarked
package io.ringfence.protocol.declaration;

import org.jspecify.annotations.NullMarked;
