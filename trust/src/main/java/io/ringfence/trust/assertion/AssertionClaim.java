package io.ringfence.trust.assertion;

/// Names inside an assertion or a key's ticket that no token has.
final class AssertionClaim {
    static final String CALLER = "caller";
    static final String PERMISSIONS = "permissions";
    static final String ELSEWHERE = "elsewhere";
    static final String SUBJECT = "sub";
    static final String TAGS = "tags";
    static final String TOKEN_ID = "jti";
    static final String KEY = "key";

    private AssertionClaim() {}
}
