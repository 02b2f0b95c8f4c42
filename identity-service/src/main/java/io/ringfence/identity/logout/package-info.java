/// Tokens that were logged out before they expired. Each is announced until it would have expired
/// anyway, so that gateways refuse it, and every token that was made from it, without asking
/// anybody. What a token is made from is not touched: whoever must be stopped altogether is
/// disabled there.
@NullMarked
package io.ringfence.identity.logout;

import org.jspecify.annotations.NullMarked;
