/// Tags and the expressions over them: how rulesets name workloads and networks. Which tags an
/// object has is left to the service that stores it.
@NullMarked
package io.ringfence.contracts.tag;

import org.jspecify.annotations.NullMarked;
