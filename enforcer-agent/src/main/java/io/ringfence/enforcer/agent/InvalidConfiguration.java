package io.ringfence.enforcer.agent;

/// The configuration cannot be used; the message names the setting and the remedy.
final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidConfiguration(String message) {
        super(message);
    }
}
