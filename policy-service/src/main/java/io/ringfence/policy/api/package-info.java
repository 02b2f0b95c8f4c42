/// The resources of this service, declared: what the generic protocol serves, checks and stores.
/// What they do beyond that is the authoring room's.
@NullMarked
package io.ringfence.policy.api;

import org.jspecify.annotations.NullMarked;
