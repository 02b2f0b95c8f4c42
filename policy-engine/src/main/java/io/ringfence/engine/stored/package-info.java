/// What services store, as their topics of changed objects tell it, read into a world: the newest
/// state of each object, told apart from its older ones by revision. Whoever needs the world keeps
/// one of these beside a consumer of those topics; reading Kafka, and what becomes of a record that
/// cannot be read, is left to them.
@NullMarked
package io.ringfence.engine.stored;

import org.jspecify.annotations.NullMarked;
