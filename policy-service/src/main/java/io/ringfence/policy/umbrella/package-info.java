/// `/policies`: every kind of policy that this service keeps under one roof (`reference/api.md`
/// §3.6). To be read and deleted here; made and changed where their kind is.
@NullMarked
package io.ringfence.policy.umbrella;

import org.jspecify.annotations.NullMarked;
