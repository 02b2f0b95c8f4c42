package io.ringfence.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;

/// An application of its own, because it is not the same afterwards.
public final class DrainProfile implements QuarkusTestProfile {}
