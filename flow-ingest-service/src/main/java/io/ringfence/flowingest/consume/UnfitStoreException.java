package io.ringfence.flowingest.consume;

/// The store would count wrongly; the message says what to change. The service ends.
public final class UnfitStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitStoreException(String sentence) {
        super(sentence);
    }
}
