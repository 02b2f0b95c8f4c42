/// What only the gateway asks: an enforcer's current policy, its tenant's directory, and where to
/// leave what enforcers say became of it. Nothing here is routed from outside; every request
/// carries the gateway's certificate and assertion.
@NullMarked
package io.ringfence.policy.internal;

import org.jspecify.annotations.NullMarked;
