/// The demo: hosts as network namespaces on a bridge of their own, each with a real enforcer and a
/// small real workload. Lays out the network, says which processes run on the hosts, and makes
/// connections whose outcome is known. Running the processes is left to `process`.
@NullMarked
package io.ringfence.cli.demo;

import org.jspecify.annotations.NullMarked;
