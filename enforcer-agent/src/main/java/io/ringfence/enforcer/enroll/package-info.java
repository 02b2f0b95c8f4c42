/// Becomes and stays known to the console: key and certificate by a one-use token, renewal by the
/// certificate itself, then the enforcer and its host as a processing unit, whose addresses are
/// announced again when they change. When to do which, and to try again, is left to the agent.
@NullMarked
package io.ringfence.enforcer.enroll;

import org.jspecify.annotations.NullMarked;
