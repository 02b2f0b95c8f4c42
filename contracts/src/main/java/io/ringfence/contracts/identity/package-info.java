/// The names identities go by: claims of tokens, subjects of certificates, headers between gateway
/// and service.
@NullMarked
package io.ringfence.contracts.identity;

import org.jspecify.annotations.NullMarked;
