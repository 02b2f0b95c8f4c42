/// Documents of resources (`reference/api.md` §7), as people write them and as the console writes
/// them: read from YAML, JSON or MessagePack within bounds, and sorted into what can be imported,
/// what is skipped, and what cannot go in. Pure; what is stored belongs to the rooms importing and
/// exporting.
@NullMarked
package io.ringfence.policy.document;

import org.jspecify.annotations.NullMarked;
