/// What every websocket of the gateway has in common: how it is kept alive, and with which code it
/// ends.
@NullMarked
package io.ringfence.gateway.websocket;

import org.jspecify.annotations.NullMarked;
