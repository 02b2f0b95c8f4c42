/// Makes an installation, before any process runs: the console's id, the root authority, a
/// certificate for each process, the token key and its public set, the administrator's app
/// credential, the database passwords and every process's configuration. Run again it keeps what is
/// there and renews what no longer fits. Registering the administrator is left to identity-service.
@NullMarked
package io.ringfence.embedded.init;

import org.jspecify.annotations.NullMarked;
