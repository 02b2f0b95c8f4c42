package io.ringfence.metrics;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.contract.OpenApiContract;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class OpenApiIT {

    @TestFactory
    Stream<DynamicTest> tellsWhatTheServiceAnswers() {
        return OpenApiContract.of(
                AssertedClient.of(TestInstallation.get(), Principal.METRICS_SERVICE), "metrics");
    }
}
