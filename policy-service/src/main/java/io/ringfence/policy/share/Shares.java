package io.ringfence.policy.share;

/// How the work is divided between the instances of the service.
public interface Shares {
    /// From now on this instance takes part. It has read everything that was stored: whoever sends
    /// for an enforcer must know all there is about it.
    void join();

    /// Why this instance takes no part though it should; empty when it does.
    String trouble();

    /// This instance's part; the same object until it is another one. From any thread.
    Share mine();
}
