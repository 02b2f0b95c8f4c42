/// Lets a caller in or not: keeps the decision of `authorize` up to date from Kafka and, before it
/// says that a namespace does not exist, makes sure it has heard the latest.
@NullMarked
package io.ringfence.gateway.admit;

import org.jspecify.annotations.NullMarked;
