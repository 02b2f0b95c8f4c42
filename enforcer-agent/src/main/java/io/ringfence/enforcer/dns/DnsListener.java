package io.ringfence.enforcer.dns;

import java.util.List;

/// Told what DNS answers, by the one thread that holds the answers.
public interface DnsListener {
    /// Nobody has got this answer yet. It goes on when this returns, so this must wait for nothing
    /// that waits for DNS itself.
    void answered(List<NameAnswer> answers);

    /// A fraction of a second has passed.
    void waited();
}
