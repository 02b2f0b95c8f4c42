/// What leads from one policy of an enforcer to the next. Numbers in a policy say nothing by
/// themselves, so both ends bring every policy into one form, in which equal policies have equal
/// bytes: a delta speaks of the numbers in the form before, and its end is known by the digest of
/// the form after.
@NullMarked
package io.ringfence.engine.form;

import org.jspecify.annotations.NullMarked;
