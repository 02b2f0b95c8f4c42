/// Local accounts, realm Vince: people who log in with a name and a password. Passwords are kept as
/// Argon2id hashes and computed off the event loop, few at a time; wrong ones block an account for
/// longer and longer. What an account may do is left to API authorizations.
@NullMarked
package io.ringfence.identity.accounts;

import org.jspecify.annotations.NullMarked;
