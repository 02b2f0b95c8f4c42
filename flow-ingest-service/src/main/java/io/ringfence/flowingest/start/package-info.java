/// Starting and stopping: refuses to run against a VictoriaMetrics whose flags make counting
/// inexact, then lets `consume` run until the service ends.
@NullMarked
package io.ringfence.flowingest.start;

import org.jspecify.annotations.NullMarked;
