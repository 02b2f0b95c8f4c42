/// The topics: name, key, value, cleanup, who writes and who reads. This table is also where
/// Kafka's ACLs come from, so what is not written here is refused. Messages themselves are in the
/// packages generated from `src/main/proto`.
@NullMarked
package io.ringfence.contracts.topic;

import org.jspecify.annotations.NullMarked;
