/// What a read asks for: which namespaces, which objects, which page, in which order
/// (`reference/api.md` §0, query parameters). Answering it is the store's.
@NullMarked
package io.ringfence.protocol.query;

import org.jspecify.annotations.NullMarked;
