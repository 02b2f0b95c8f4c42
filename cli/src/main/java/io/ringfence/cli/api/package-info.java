/// The verbs over the API: tokens, any resource by its name, import and export, and questions over
/// what was seen.
@NullMarked
package io.ringfence.cli.api;

import org.jspecify.annotations.NullMarked;
