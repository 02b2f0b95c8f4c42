package io.ringfence.identity;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.contract.OpenApiContract;
import io.ringfence.testkit.contract.ResourceContract;
import io.ringfence.testkit.contract.ServiceContract;
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

    @TestFactory
    Stream<DynamicNode> everyResourceKeepsTheProtocol() {
        Console.createNamespace("/", "contract");
        return ServiceContract.of(
                Console.administrator().in("/contract"),
                declared,
                ResourceContract.of(
                                "namespace",
                                """
                                {"type": "Group", "tagPrefixes": ["app"], "description": "as sent",
                                 "organizationalMetadata": ["@org:group=shop"]}
                                """)
                        .rewriting("name"),
                ResourceContract.of(
                        "apiauthorizationpolicy",
                        """
                        {"subject": [["@auth:realm=vince", "@auth:account=alice"]],
                         "authorizedIdentities": ["@auth:role=namespace.viewer"],
                         "authorizedNamespace": "/contract", "authorizedSubnets": ["10.0.0.0/8"],
                         "associatedTags": ["team=a"]}
                        """),
                ResourceContract.of(
                                "appcredential",
                                """
                                {"roles": ["@auth:role=namespace.viewer"],
                                 "authorizedSubnets": ["10.0.0.0/8"], "email": "a@acme.example",
                                 "maxIssuedTokenValidity": "1h"}
                                """)
                        .rewriting("credentials"),
                ResourceContract.of(
                                "account",
                                """
                                {"password": "correct horse battery", "email": "a@acme.example",
                                 "firstName": "Ada", "annotations": {"team": ["a"]}}
                                """)
                        .in("/"),
                ResourceContract.apart("tokensigningkey", "a create rotates"),
                ResourceContract.apart("enforcercertificate", "made from an enforcer's request"));
    }

    @TestFactory
    Stream<? extends DynamicNode> tellsWhatItAnswers() {
        return OpenApiContract.of(Console.administrator(), "identity");
    }
}
