/// Flow reports: which time, which flows, in which order, and in the words of `reference/api.md`
/// §4.1. Pure; the flows come from `read`.
@NullMarked
package io.ringfence.metrics.report;

import org.jspecify.annotations.NullMarked;
