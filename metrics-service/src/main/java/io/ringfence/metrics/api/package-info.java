/// `/metricsquery`, `/metricsqueryrange` and `/reportsqueries`, behind the gateway's assertion.
/// What a question means is left to `query` and `report`.
@NullMarked
package io.ringfence.metrics.api;

import org.jspecify.annotations.NullMarked;
