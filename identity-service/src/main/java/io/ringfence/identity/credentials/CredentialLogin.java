package io.ringfence.identity.credentials;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an app credential allows whoever logs in with it.
///
/// @param longestToken no token of it lives longer
/// @param subnets its tokens work from these networks only (CIDR); empty: from anywhere
public record CredentialLogin(Optional<Duration> longestToken, List<String> subnets) {
    public CredentialLogin {
        subnets = List.copyOf(subnets);
    }
}
