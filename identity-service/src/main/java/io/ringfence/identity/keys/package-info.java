/// The keys that sign tokens: kept in the database, sealed with a key derived from the
/// installation's key file, published before they sign and for as long as a token of theirs may
/// live. Every instance follows the database within seconds. What is in a token is left to
/// `tokens`.
@NullMarked
package io.ringfence.identity.keys;

import org.jspecify.annotations.NullMarked;
