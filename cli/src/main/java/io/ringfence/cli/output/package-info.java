/// What the command prints: tables for people, JSON and YAML for scripts. Data go to standard
/// output, everything else to standard error.
@NullMarked
package io.ringfence.cli.output;

import org.jspecify.annotations.NullMarked;
