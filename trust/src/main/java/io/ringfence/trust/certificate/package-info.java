/// Certificates: the console's own authority, what it issues to processes, enforcers and app
/// credentials, how they lie in files, and whether one that somebody shows is ours. Which id or
/// namespace a subject gets, and whether it may have a certificate at all, is left to the caller.
@NullMarked
package io.ringfence.trust.certificate;

import org.jspecify.annotations.NullMarked;
