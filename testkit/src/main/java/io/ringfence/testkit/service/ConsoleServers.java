package io.ringfence.testkit.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// `@QuarkusTestResource(ConsoleServers.class)`: starts what the service needs and configures it as
/// the launcher would. The service is the module whose tests run, or the argument `service`.
public final class ConsoleServers implements QuarkusTestResourceLifecycleManager {
    public static final String SERVICE = "service";

    private String service = Path.of("").toAbsolutePath().getFileName().toString();

    @Override
    public void init(Map<String, String> arguments) {
        service = arguments.getOrDefault(SERVICE, service);
    }

    @Override
    public Map<String, String> start() {
        return TestInstallation.get().configurationOf(principal(service));
    }

    /// The servers stay for the next test class, and end with the JVM.
    @Override
    public void stop() {}

    private static Principal principal(String name) {
        return Arrays.stream(Principal.values())
                .filter(principal -> principal.commonName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                name
                                        + " is no service; name one with"
                                        + " @ResourceArg(name = \"service\", …)"));
    }
}
