/// Reads and writes topics in tests, as any of the principals.
@NullMarked
package io.ringfence.testkit.kafka;

import org.jspecify.annotations.NullMarked;
