/// Compiles a world that changes, change by change. The outcome equals compiling from scratch
/// ([io.ringfence.engine.PolicyCompiler]); what a change costs depends on whom it concerns and not
/// on how many there are.
///
/// A [io.ringfence.engine.incremental.Tenant] knows its units by the terms of the expressions they
/// meet. Equal expressions are one [io.ringfence.engine.incremental.Group], whose members are kept
/// and which knows the enforcers that have a rule about it. So a changed tag is a few terms, the
/// groups they decide, and the enforcers that use these.
@NullMarked
package io.ringfence.engine.incremental;

import org.jspecify.annotations.NullMarked;
