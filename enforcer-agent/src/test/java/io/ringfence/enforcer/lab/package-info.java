/// Hosts for tests: two network namespaces with a cable between them, and policies to enforce in
/// them.
@NullMarked
package io.ringfence.enforcer.lab;

import org.jspecify.annotations.NullMarked;
