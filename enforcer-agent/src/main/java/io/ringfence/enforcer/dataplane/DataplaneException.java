package io.ringfence.enforcer.dataplane;

/// The kernel did not take it. What was enforced before is still enforced, whole.
public final class DataplaneException extends Exception {
    public DataplaneException(String message) {
        super(message);
    }

    public DataplaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
