/// Objects that were stored before their resource had a topic: announced once, as they are, when
/// the service starts. Announcing what changes is the object room's.
@NullMarked
package io.ringfence.store.announced;

import org.jspecify.annotations.NullMarked;
