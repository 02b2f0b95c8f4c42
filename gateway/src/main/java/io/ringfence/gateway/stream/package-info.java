/// The stream every enforcer holds open: its policy as soon as it changes, its receipts back.
/// Compiling and signing are the policy-service's; an enforcer hears about itself only, by its
/// certificate.
@NullMarked
package io.ringfence.gateway.stream;

import org.jspecify.annotations.NullMarked;
