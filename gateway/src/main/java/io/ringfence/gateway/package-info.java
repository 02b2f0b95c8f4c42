/// The one public door of the console. Each room is a package; a request goes `route` →
/// `authenticate` → `admit` → `authorize` → service, an enforcer stays in `stream`.
@NullMarked
package io.ringfence.gateway;

import org.jspecify.annotations.NullMarked;
