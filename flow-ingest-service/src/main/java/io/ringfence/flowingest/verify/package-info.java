/// Is a record what an enforcer of this console may say? Answers with the batch or with the reason
/// for refusing it; nothing else is looked at again downstream. Pure: what happens to a refused
/// record is left to `consume`.
@NullMarked
package io.ringfence.flowingest.verify;

import org.jspecify.annotations.NullMarked;
