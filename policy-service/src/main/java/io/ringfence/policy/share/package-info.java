/// Which enforcers and tenants this instance of the service sends for. Instances are members of a
/// Kafka consumer group; what one of them does not send any more, another does.
@NullMarked
package io.ringfence.policy.share;

import org.jspecify.annotations.NullMarked;
