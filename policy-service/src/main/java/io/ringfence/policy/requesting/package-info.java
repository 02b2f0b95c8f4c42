/// Documents that stay: references (a document is imported with its reference and goes with it) and
/// requests (a document that somebody else lets in). The importing itself is the room importing's.
@NullMarked
package io.ringfence.policy.requesting;

import org.jspecify.annotations.NullMarked;
