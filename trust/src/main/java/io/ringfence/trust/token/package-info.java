/// The tokens of the API and of Kafka's enforcer listener: how they are written, signed and
/// verified, and where the keys come from. Who gets one, whether it was revoked and how often it
/// was used is left to identity-service and the gateway.
@NullMarked
package io.ringfence.trust.token;

import org.jspecify.annotations.NullMarked;
