/// What the policies say, for somebody at hand or for a set of tags (`reference/api.md` §3.6):
/// which apply, and whom they mean. Verdicts on connections are left to the engine.
@NullMarked
package io.ringfence.policy.render;

import org.jspecify.annotations.NullMarked;
