/// The grammar of `protocolPorts`: which protocols, ports and ICMP types a rule speaks about. What
/// the rule then says is left to policy-engine.
@NullMarked
package io.ringfence.contracts.port;

import org.jspecify.annotations.NullMarked;
