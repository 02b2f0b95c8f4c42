/// Addresses and the grammar of external networks' `entries`. Who owns an address, and which
/// network is meant when several contain it, is left to policy-engine.
@NullMarked
package io.ringfence.contracts.network;

import org.jspecify.annotations.NullMarked;
