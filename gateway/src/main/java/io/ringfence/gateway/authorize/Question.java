package io.ringfence.gateway.authorize;

import io.ringfence.contracts.permission.Verb;
import io.ringfence.trust.assertion.AssertedCaller;

/// May this caller do this, there, from here?
///
/// @param identity the resource's, as in permissions: `networkrulesetpolicy`
/// @param remoteAddress numeric
public record Question(
        AssertedCaller caller, String identity, Verb verb, String namespace, String remoteAddress) {
    private static final String DISCOVERY_MODE = "discoverymode";
    private static final String IMPORT_REQUEST = "importrequest";

    /// Whether it is about something that moves to another namespace, for which the caller needs
    /// the right to create it there too.
    boolean handsOver() {
        return identity.equals(IMPORT_REQUEST) && verb != Verb.GET;
    }

    /// Where the permission has to be held. A namespace lives in its parent, so that is where its
    /// discovery mode is switched.
    String decidedIn() {
        return identity.equals(DISCOVERY_MODE) && verb != Verb.GET
                ? NamespaceName.parent(namespace)
                : namespace;
    }
}
