package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.state.StateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The policy held, as it was signed, for the next start: a whole one and the deltas since.
final class KeptPolicy {
    private static final String FILE = "policy";

    private final PolicyVerifier verifier;
    private final StateFolder folder;

    KeptPolicy(PolicyVerifier verifier, StateFolder folder) {
        this.verifier = verifier;
        this.folder = folder;
    }

    void write(List<SignedPolicy> chain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SignedPolicy signed : chain) {
            signed.writeDelimitedTo(out);
        }
        folder.write(FILE, out.toByteArray());
    }

    /// What was written, and whether the last of it can be believed.
    record Read(List<SignedPolicy> chain, PolicyCheck check) {}

    /// Empty if nothing was.
    Optional<Read> read() throws IOException {
        Optional<byte[]> bytes = folder.read(FILE);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        List<SignedPolicy> chain = new ArrayList<>();
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes.get());
            for (SignedPolicy signed = SignedPolicy.parseDelimitedFrom(in);
                    signed != null;
                    signed = SignedPolicy.parseDelimitedFrom(in)) {
                chain.add(signed);
            }
        } catch (InvalidProtocolBufferException damaged) {
            return Optional.of(new Read(chain, new PolicyCheck.Refused("the file is damaged")));
        }
        return Optional.of(new Read(chain, check(chain)));
    }

    private PolicyCheck check(List<SignedPolicy> chain) {
        PolicyCheck check = new PolicyCheck.Refused("the file is empty");
        for (SignedPolicy signed : chain) {
            if (!signed.getIsDelta()) {
                check = verifier.verifyKept(signed);
            } else if (check instanceof PolicyCheck.Genuine(PolicySnapshot base)) {
                check = verifier.verifyKeptDelta(signed, base);
            }
        }
        return check;
    }
}
