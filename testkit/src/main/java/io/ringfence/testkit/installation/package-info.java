/// A whole installation for tests: real Kafka with its access rules, real PostgreSQL, real
/// VictoriaMetrics, each a process of its own, started when first asked for and once per test JVM,
/// on free ports, in a folder below `target/testkit`. What a killed test run left is swept at the
/// next start.
@NullMarked
package io.ringfence.testkit.installation;

import org.jspecify.annotations.NullMarked;
