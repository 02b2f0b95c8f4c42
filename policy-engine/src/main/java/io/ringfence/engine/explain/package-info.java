/// Why a connection passes or does not: both sides' verdicts, who decided, and what is missing
/// where nobody did. Who may ask, and how the answer is shown, is left to the services and the CLI.
@NullMarked
package io.ringfence.engine.explain;

import org.jspecify.annotations.NullMarked;
