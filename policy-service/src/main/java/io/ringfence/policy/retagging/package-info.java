/// The `@org:` tags of namespaces on what lives in them: when a namespace's are changed, those of
/// its objects follow, and with them what filters find and mappings say.
@NullMarked
package io.ringfence.policy.retagging;

import org.jspecify.annotations.NullMarked;
