package io.ringfence.identity.enforcers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;

/// The body of `POST /enforcercertificates`.
///
/// @param certificateRequest PKCS#10, PEM
/// @param fqdn what the host calls itself; a claim, used for nothing but the log
record EnrolmentRequest(String certificateRequest, String fqdn) {
    private static final ResourceDeclaration BODY =
            ResourceDeclaration.resource("enforcercertificate", "enforcercertificates")
                    .attribute(Attribute.text("certificateRequest").required().longest(8192))
                    .attribute(
                            Attribute.text("FQDN")
                                    .required()
                                    .longest(255)
                                    .matching("[a-zA-Z0-9_]([a-zA-Z0-9._-]*[a-zA-Z0-9_])?\\.?"))
                    .attribute(Attribute.text("certificate").readOnly())
                    .attribute(Attribute.text("certificateAuthority").readOnly())
                    .attribute(Attribute.text("consoleID").readOnly())
                    .attribute(Attribute.time("expirationTime").readOnly())
                    .build();

    /// @throws ApiException 422 naming the attributes that must change
    static EnrolmentRequest read(ObjectNode sent) {
        ObjectNode body = ObjectCheck.forCreate(BODY, sent);
        return new EnrolmentRequest(
                body.path("certificateRequest").asText(), body.path("FQDN").asText());
    }
}
