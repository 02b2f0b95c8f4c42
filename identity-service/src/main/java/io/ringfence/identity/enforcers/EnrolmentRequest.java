package io.ringfence.identity.enforcers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.error.ApiException;

/// The body of `POST /enforcercertificates`.
///
/// @param certificateRequest PKCS#10, PEM
/// @param fqdn what the host calls itself; a claim, used for nothing but the log
record EnrolmentRequest(String certificateRequest, String fqdn) {
    /// @throws ApiException 422 naming the attributes that must change
    static EnrolmentRequest read(ObjectNode sent) {
        ObjectNode body = ObjectCheck.forCreate(EnforcerCertificateResource.DECLARATION, sent);
        return new EnrolmentRequest(
                body.path(EnforcerCertificateResource.REQUEST).asText(),
                body.path(EnforcerCertificateResource.FQDN).asText());
    }
}
