package io.ringfence.trust.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;

/// ECDSA P-256 with SHA-256, DER, over domain + 0x00 + content. The domain keeps a signature made
/// for one kind of message from being shown as another.
public final class Signatures {
    /// Over the content of a `SignedFlowBatch`.
    public static final String FLOW_BATCH = "ringfence.flow.batch.v1";

    /// Over the content of a `SignedEnforcerReport`.
    public static final String ENFORCER_REPORT = "ringfence.enforcer.report.v1";

    /// Over the content of a `SignedPolicy` that is whole.
    public static final String POLICY = "ringfence.policy.v1";

    /// Over the content of a `SignedPolicy` that is a delta.
    public static final String POLICY_DELTA = "ringfence.policy.delta.v1";

    /// Over the content of a `SignedDirectory`.
    public static final String DIRECTORY = "ringfence.directory.v1";

    private Signatures() {}

    public static byte[] sign(String domain, PrivateKey key, byte[] content) {
        try {
            Signature signature = Algorithm.instance();
            signature.initSign(key);
            update(signature, domain, content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign", e);
        }
    }

    public static boolean verify(
            String domain, X509Certificate signer, byte[] content, byte[] signed) {
        try {
            Signature signature = Algorithm.instance();
            signature.initVerify(signer.getPublicKey());
            update(signature, domain, content);
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static void update(Signature signature, String domain, byte[] content)
            throws SignatureException {
        signature.update(domain.getBytes(StandardCharsets.UTF_8));
        signature.update((byte) 0);
        signature.update(content);
    }
}
