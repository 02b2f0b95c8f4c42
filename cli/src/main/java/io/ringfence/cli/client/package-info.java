/// The API as the command sees it: who calls (a credential's certificate, or a token), and one call
/// at a time. What is asked is left to `api`.
@NullMarked
package io.ringfence.cli.client;

import org.jspecify.annotations.NullMarked;
