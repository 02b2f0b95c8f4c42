/// What is stored, as this service's policy is made from it: reads the topics of changed objects
/// from their beginning, keeps the newest state of each in memory, and tells `compile` what changed
/// once the start is caught up with. An unreadable record goes to the topic's dead letters, is
/// counted, and leaves everything else as it was. What follows from a change is left to `compile`.
@NullMarked
package io.ringfence.policy.world;

import org.jspecify.annotations.NullMarked;
