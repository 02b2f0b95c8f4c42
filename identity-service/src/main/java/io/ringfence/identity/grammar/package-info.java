/// The texts this service takes apart: names of namespaces and permissions. Tags, ports and
/// networks are left to `contracts`.
@NullMarked
package io.ringfence.identity.grammar;

import org.jspecify.annotations.NullMarked;
