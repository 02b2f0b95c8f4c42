package io.ringfence.policy;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.contract.OpenApiContract;
import io.ringfence.testkit.contract.ResourceContract;
import io.ringfence.testkit.contract.ServiceContract;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
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
        ObjectFixture below = ObjectFixture.namespace("/contract/below");
        TestKafka.of(TestInstallation.get())
                .writeObject(
                        Topic.NAMESPACE_CHANGED.topicName(),
                        "/contract/below",
                        below.id(),
                        below.toState(1).toByteArray());
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
                        """),
                ResourceContract.apart("enforcerrefresh", "passed on and not stored: RefreshIT"),
                ResourceContract.apart(
                        "processingunitrefresh", "made of a processing unit: RefreshIT"),
                ResourceContract.of(
                        "enforcerprofile",
                        """
                        {"targetNetworks": ["10.0.0.0/8", "!10.255.0.0/16"], "propagate": true,
                         "targetUDPNetworks": ["0.0.0.0/0", "!224.0.0.0/4"],
                         "excludedNetworks": ["169.254.169.254"], "excludedInterfaces": ["docker0"],
                         "ignoreExpression": [["@app:k8s:namespace=kube-system"]]}
                        """),
                ResourceContract.of(
                        "enforcerprofilemappingpolicy",
                        """
                        {"subject": [["$identity=enforcer"]], "object": [["profile=vm"]], "fallback": true}
                        """),
                ResourceContract.of(
                        "namespacemappingpolicy",
                        """
                        {"subject": [["contract=mapping"]], "mappedNamespace": "/contract/below"}
                        """),
                ResourceContract.of(
                        "hostservice",
                        """
                        {"services": ["tcp/80", "udp/53"], "hostModeEnabled": true}
                        """),
                ResourceContract.of(
                        "hostservicemappingpolicy",
                        """
                        {"subject": [["host=db"]], "object": [["service=web"]],
                         "activeSchedule": "0 8 * * 1-5", "activeDuration": "10h"}
                        """),
                ResourceContract.of(
                        "service",
                        """
                        {"exposedPort": 443, "port": 8443, "hosts": ["shop.example"], "IPs": ["10.1.2.3"],
                         "selectors": [["app=shop"]], "exposedAPIs": [["api=shop"]],
                         "OIDCClientID": "shop", "OIDCClientSecret": "hidden",
                         "claimsToHTTPHeaderMappings": [
                           {"claimName": "email", "targetHTTPHeader": "X-Username"}]}
                        """),
                ResourceContract.of(
                        "httpresourcespec",
                        """
                        {"endpoints": [{"URI": "/cart/*", "allowedScopes": [["write"]],
                                        "methods": ["GET", "POST"], "public": false, "scopes": []}]}
                        """),
                ResourceContract.of(
                        "servicedependency",
                        """
                        {"subject": [["app=web"]], "object": [["$identity=service", "app=shop"]]}
                        """),
                ResourceContract.of(
                        "tokenscopepolicy",
                        """
                        {"subject": [["app=web"]], "assignedScopes": ["read"], "assignedAudience": "shop",
                         "expirationTime": "2031-04-07T10:00:00.000Z"}
                        """),
                ResourceContract.of(
                                "importreference",
                                """
                                {"label": "shop", "description": "as sent",
                                 "data": {"APIVersion": 1, "label": "shop", "identities": ["externalnetwork"],
                                          "data": {"externalnetworks": [{"name": "dns", "entries": ["10.0.0.2"]}]}}}
                                """)
                        .in("/contract/references"),
                ResourceContract.of(
                                "importrequest",
                                """
                                {"targetNamespace": "/contract/target", "comment": "please",
                                 "data": {"externalnetworks": [{"name": "dns", "entries": ["10.0.0.2"]}]}}
                                """)
                        .rewriting("comment"));
    }

    @TestFactory
    Stream<? extends DynamicNode> tellsWhatItAnswers() {
        return OpenApiContract.of(client, "policy");
    }
}
