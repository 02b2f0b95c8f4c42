/// The namespaces there are, as identity-service announces them: this service's own copy, kept up
/// to date for as long as it runs. What follows from one that comes or goes is its listeners'
/// business.
@NullMarked
package io.ringfence.policy.namespaces;

import org.jspecify.annotations.NullMarked;
