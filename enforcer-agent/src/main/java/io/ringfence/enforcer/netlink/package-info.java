/// Speaks netlink with the kernel through the foreign-function API: sockets, messages and
/// attributes, nothing about policies or flows.
@NullMarked
package io.ringfence.enforcer.netlink;

import org.jspecify.annotations.NullMarked;
