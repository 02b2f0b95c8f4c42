/// Keeps records on disk from the moment they get their number until Kafka has acknowledged them:
/// contiguous numbers within an epoch, bounded space, and what must be dropped is counted in the
/// record after it. Survives `kill -9` and a torn tail. What a record says is left to its writer,
/// sending it to the report.
@NullMarked
package io.ringfence.enforcer.spool;

import org.jspecify.annotations.NullMarked;
