/// Signs of life: enforcers poke for themselves and for their processing units, and one that has
/// not for five minutes is marked unreachable (`reference/api.md` §2). What an enforcer reports
/// about its host's load goes to Kafka, not here.
@NullMarked
package io.ringfence.policy.heartbeat;

import org.jspecify.annotations.NullMarked;
