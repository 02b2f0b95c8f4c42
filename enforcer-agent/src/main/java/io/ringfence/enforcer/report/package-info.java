/// Turns closed windows into signed records, keeps them in the spool and sends them to Kafka in
/// order, with tokens from the console; also says every half minute how the enforcer is. When Kafka
/// or the console is away, everything waits in the spool and nothing else is held up.
@NullMarked
package io.ringfence.enforcer.report;

import org.jspecify.annotations.NullMarked;
