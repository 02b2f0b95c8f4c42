/// What makes a policy, a processing unit or an enforcer acceptable beyond its shape: grammars, who
/// may speak for whom, which addresses a workload may claim. Compiling what was accepted is left to
/// the compile room.
@NullMarked
package io.ringfence.policy.authoring;

import org.jspecify.annotations.NullMarked;
