/// Who owns which address among a tenant's processing units: kept beside the policies of its
/// enforcers, because one new host concerns all of them by its address and few by its tags.
@NullMarked
package io.ringfence.engine.directory;

import org.jspecify.annotations.NullMarked;
