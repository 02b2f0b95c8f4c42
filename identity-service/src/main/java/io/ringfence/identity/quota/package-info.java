/// Tokens that may be used a certain number of times. Uses are counted in the database, so that two
/// instances never both take the last one. Only uses at this service are counted.
@NullMarked
package io.ringfence.identity.quota;

import org.jspecify.annotations.NullMarked;
