/// What has to be there before the first request: the root namespace, and somebody who may do
/// something. Runs at every start, and does something at the first.
@NullMarked
package io.ringfence.identity.start;

import org.jspecify.annotations.NullMarked;
