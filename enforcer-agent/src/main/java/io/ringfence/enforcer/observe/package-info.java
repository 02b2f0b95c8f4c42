/// Listens to the packets that the kernel logs, recognizes in them where a flow begins, and names
/// both ends and the decision by the policy that judged the packet. Counting flows into windows is
/// left to the listener.
@NullMarked
package io.ringfence.enforcer.observe;

import org.jspecify.annotations.NullMarked;
