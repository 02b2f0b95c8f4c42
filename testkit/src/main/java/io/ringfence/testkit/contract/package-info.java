/// What every service promises about its API, as tests made from its declarations: a service gives
/// its client and a sample of each resource, the rest is derived.
@NullMarked
package io.ringfence.testkit.contract;

import org.jspecify.annotations.NullMarked;
