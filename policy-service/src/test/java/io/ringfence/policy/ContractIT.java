package io.ringfence.policy;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.contract.OpenApiContract;
import io.ringfence.testkit.contract.ResourceContract;
import io.ringfence.testkit.contract.ServiceContract;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ContractIT {
    @Inject @All List<ResourceDeclaration> declared;

    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE).in("/contract");

    @TestFactory
    Stream<DynamicNode> everyResourceKeepsTheProtocol() {
        return ServiceContract.of(
                client,
                declared,
                ResourceContract.of(
                        "networkrulesetpolicy",
                        """
                        {"subject": [["app=web", "env=prod"], ["app=api"]], "propagate": true,
                         "associatedTags": ["team=a"],
                         "incomingRules": [
                           {"action": "Allow", "object": [["app=client"]], "protocolPorts": ["tcp/80"],
                            "logsDisabled": true, "observationEnabled": false, "name": "web",
                            "networks": []}]}
                        """),
                ResourceContract.of(
                        "externalnetwork",
                        """
                        {"entries": ["10.0.0.0/8", "!10.1.0.0/16"], "servicePorts": ["tcp/443"],
                         "description": "as sent", "annotations": {"note": ["a", "b"]}}
                        """),
                ResourceContract.of(
                        "processingunit",
                        """
                        {"type": "Docker", "nativeContextID": "c1", "metadata": ["@app:k8s:a=b"],
                         "lastSyncTime": "2021-04-07T10:00:00.000Z",
                         "networkServices": [{"ports": "", "protocol": 6, "targetPorts": ["80"]}]}
                        """),
                ResourceContract.of(
                        "enforcer",
                        """
                        {"FQDN": "host-1.example", "machineID": "m1", "subnets": ["10.0.0.0/24"],
                         "logLevel": "Debug"}
                        """));
    }

    @TestFactory
    Stream<? extends DynamicNode> tellsWhatItAnswers() {
        return OpenApiContract.of(client, "policy");
    }
}
