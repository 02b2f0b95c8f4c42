/// Relations: objects of one resource seen from an object of another, `/<parent plural>/<id>/<child
/// plural>` (`reference/api.md` §0). A relation is declared here and served like a list; which
/// children belong to a parent is its behaviour's business.
@NullMarked
package io.ringfence.protocol.relation;

import org.jspecify.annotations.NullMarked;
