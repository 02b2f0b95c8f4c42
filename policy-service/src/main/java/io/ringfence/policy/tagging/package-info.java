/// Questions about tags: which are in use, with which values, and whom an expression would match
/// (`reference/api.md` §3.3). What people choose from when they write policies.
@NullMarked
package io.ringfence.policy.tagging;

import org.jspecify.annotations.NullMarked;
