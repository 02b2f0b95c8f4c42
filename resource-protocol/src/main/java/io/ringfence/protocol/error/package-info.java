/// What a refused request is answered with: always a JSON array of errors (`reference/api.md` §0),
/// whoever refuses and for whatever reason. Which sentence it is stays with whoever refuses.
@NullMarked
package io.ringfence.protocol.error;

import org.jspecify.annotations.NullMarked;
