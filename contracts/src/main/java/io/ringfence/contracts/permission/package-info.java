/// The algebra of rights: verbs on identities, what a set of them allows, whether one set contains
/// another, and the roles, which are named sets. Who holds what, and where, is left to the gateway.
@NullMarked
package io.ringfence.contracts.permission;

import org.jspecify.annotations.NullMarked;
