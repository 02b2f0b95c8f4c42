/// Things of the domain as tests speak of them: `processingUnit("web-1").tagged("app=web")`.
@NullMarked
package io.ringfence.testkit.domain;

import org.jspecify.annotations.NullMarked;
