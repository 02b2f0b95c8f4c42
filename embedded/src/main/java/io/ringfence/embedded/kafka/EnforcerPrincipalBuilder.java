package io.ringfence.embedded.kafka;

import io.ringfence.contracts.topic.Principal;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.KafkaPrincipalBuilder;
import org.apache.kafka.common.security.auth.KafkaPrincipalSerde;
import org.apache.kafka.common.security.auth.SaslAuthenticationContext;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/// Who comes through the enforcers' listener is an enforcer or nobody, whatever a token says: a
/// token for `kafka` must not make a superuser.
public final class EnforcerPrincipalBuilder implements KafkaPrincipalBuilder, KafkaPrincipalSerde {
    private static final KafkaPrincipal ENFORCER =
            new KafkaPrincipal(KafkaPrincipal.USER_TYPE, Principal.ENFORCER.commonName());

    private final DefaultKafkaPrincipalBuilder wire = new DefaultKafkaPrincipalBuilder(null, null);

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        return context instanceof SaslAuthenticationContext sasl
                        && Principal.ENFORCER
                                .commonName()
                                .equals(sasl.server().getAuthorizationID())
                ? ENFORCER
                : KafkaPrincipal.ANONYMOUS;
    }

    @Override
    public byte[] serialize(KafkaPrincipal principal) {
        return wire.serialize(principal);
    }

    @Override
    public KafkaPrincipal deserialize(byte[] bytes) {
        return wire.deserialize(bytes);
    }
}
