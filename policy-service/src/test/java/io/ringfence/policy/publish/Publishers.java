package io.ringfence.policy.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.PolicyOutlet;
import java.nio.file.Path;
import java.util.Map;

/// The service's publisher, for tests of the way to it.
public final class Publishers {
    private Publishers() {}

    public static PolicyOutlet of(
            Map<String, Object> kafka,
            DataFolder folder,
            CurrentPolicies current,
            CurrentDirectories directories,
            MeterRegistry meters) {
        return new PolicyPublisher(kafka, new Trust(folder), current, directories, meters);
    }

    public static void stop(PolicyOutlet publisher) throws InterruptedException {
        ((PolicyPublisher) publisher).stop(new ShutdownEvent());
    }

    private record Trust(DataFolder folder) implements TrustConfig {
        @Override
        public Path authority() {
            return folder.authority();
        }

        @Override
        public Path certificate() {
            return folder.certificate(Principal.POLICY_SERVICE.commonName());
        }

        @Override
        public Path key() {
            return folder.key(Principal.POLICY_SERVICE.commonName());
        }
    }
}
