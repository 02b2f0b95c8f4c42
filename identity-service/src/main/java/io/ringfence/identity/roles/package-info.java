/// Roles, for people: the table of `contracts` as `/roles` shows it, what somebody may hand on, and
/// the way off a role that will be removed. Deciding by roles is left to the gateway.
@NullMarked
package io.ringfence.identity.roles;

import org.jspecify.annotations.NullMarked;
