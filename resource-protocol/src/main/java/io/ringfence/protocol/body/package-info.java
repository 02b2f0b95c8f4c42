/// Bodies on the wire: JSON, MessagePack and YAML to JSON trees and back, with bounds on size,
/// depth and repetition. What the tree means is the declaration's business.
@NullMarked
package io.ringfence.protocol.body;

import org.jspecify.annotations.NullMarked;
