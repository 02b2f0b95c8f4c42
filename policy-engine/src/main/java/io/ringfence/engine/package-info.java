/// The policy semantics of DESIGN §4 as pure functions: [World] is what is stored, [PolicyCompiler]
/// turns it into what one enforcer's kernel needs, and [PolicyEvaluator] answers one question at a
/// time, naively, as the reference the compiler is tested against. Reading the store, signing,
/// publishing, DNS and the kernel are left to others.
@NullMarked
package io.ringfence.engine;

import org.jspecify.annotations.NullMarked;
