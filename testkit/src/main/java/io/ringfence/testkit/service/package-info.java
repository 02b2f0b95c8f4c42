/// Tests of a service: its servers and configuration for `@QuarkusTest`, and a client that speaks
/// to it as the gateway does.
@NullMarked
package io.ringfence.testkit.service;

import org.jspecify.annotations.NullMarked;
