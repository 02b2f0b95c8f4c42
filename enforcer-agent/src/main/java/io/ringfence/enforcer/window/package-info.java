/// Folds flow starts into windows: aligned to the window's length, strictly rising, each closed
/// exactly once and never reopened. A flow is counted in the window that is open when it is told,
/// so nothing is ever late. Pure: time is told, nothing is stored; numbering and keeping the
/// windows is left to the spool, what they look like on the wire to the report.
@NullMarked
package io.ringfence.enforcer.window;

import org.jspecify.annotations.NullMarked;
