package io.ringfence.testkit.service;

import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.util.List;

/// Who asks, in tests.
public final class Callers {
    public static final String ADMINISTRATOR_ROLE = "@auth:role=namespace.administrator";
    public static final String VIEWER_ROLE = "@auth:role=namespace.viewer";
    public static final String ENFORCER_ROLE = "@auth:role=enforcer";

    private Callers() {}

    public static AssertedCaller administrator() {
        return caller("administrator", "@auth:account=administrator");
    }

    /// As identity-service describes the holder of an enforcer's certificate.
    public static AssertedCaller enforcer(String id, String namespace) {
        return caller(
                "enforcer:" + id,
                "@auth:commonname=enforcer:" + id,
                "@auth:enforcerid=" + id,
                "@auth:organization=" + namespace);
    }

    private static AssertedCaller caller(String subject, String... tags) {
        return new AssertedCaller(
                subject,
                "certificate",
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("@auth:realm=certificate"),
                                List.of(tags).stream())
                        .toList(),
                "test-token",
                0,
                Restrictions.NONE);
    }
}
