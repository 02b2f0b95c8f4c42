/// What goes with a namespace: when identity-service announces that one is deleted, everything this
/// service keeps in it is deleted too, and announced. A namespace that is not announced at all is
/// left alone: a topic that lost records must not cost anybody their policy.
@NullMarked
package io.ringfence.policy.clearing;

import org.jspecify.annotations.NullMarked;
