package io.ringfence.enforcer.report;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/// Answers Kafka's question for a token, at login and again before the old one ends. Made by
/// Kafka's client, which hands it the producer's configuration.
public final class TokenLogin implements AuthenticateCallbackHandler {
    /// Entry of the producer's configuration: the [TokenSource].
    static final String SOURCE = "ringfence.token.source";

    private @Nullable TokenSource source;

    @Override
    public void configure(
            Map<String, ?> configuration, String mechanism, List<AppConfigurationEntry> jaas) {
        source = (TokenSource) configuration.get(SOURCE);
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (!(callback instanceof OAuthBearerTokenCallback wanted)) {
                throw new UnsupportedCallbackException(callback);
            }
            try {
                wanted.token(KafkaToken.parse(Objects.requireNonNull(source, SOURCE).token()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while asking for a token");
            }
        }
    }

    @Override
    public void close() {}
}
