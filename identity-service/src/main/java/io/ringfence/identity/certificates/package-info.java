/// The console's certificates as this service meets them: the one a caller showed to the gateway,
/// believed only if the gateway vouched for it in its assertion and held against the console's
/// authority once more; and the authority itself, which signs new ones. Who gets a certificate is
/// left to `credentials` and `enforcers`.
@NullMarked
package io.ringfence.identity.certificates;

import org.jspecify.annotations.NullMarked;
