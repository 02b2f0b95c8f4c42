package io.ringfence.enforcer.lab;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// An enforcer in a process of its own, to be killed: enforces the policy on its standard input and
/// then waits.
public final class EnforcerProcess {
    private EnforcerProcess() {}

    public static void main(String[] arguments) throws Exception {
        PolicySnapshot policy = PolicySnapshot.parseDelimitedFrom(System.in);
        System.out.println(
                new NftablesDataplane(new Generations()).apply(policy, Bypass.NONE).generation());
        System.in.read();
    }

    /// Returns once the policy is enforced on the host.
    public static Process start(Host host, PolicySnapshot policy) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        host.namespace(),
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnforcerProcess.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        policy.writeDelimitedTo(process.getOutputStream());
        process.getOutputStream().flush();
        InputStream answer = process.getInputStream();
        if (answer.read() < 0) {
            throw new IOException("the enforcer process ended");
        }
        return process;
    }
}
