package io.ringfence.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.service.AssertedClient;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// Everything `reference/api.md` §0 promises, for every resource of a service.
public final class ServiceContract {
    private ServiceContract() {}

    /// @param client in a namespace where objects can be created and nobody else creates any
    /// @param declared all resources of the service
    public static Stream<DynamicNode> of(
            AssertedClient client,
            Collection<ResourceDeclaration> declared,
            ResourceContract... contracts) {
        return Stream.concat(
                Stream.of(
                        dynamicTest(
                                "every resource has a contract",
                                () ->
                                        assertThat(declared)
                                                .extracting(ResourceDeclaration::identity)
                                                .containsExactlyInAnyOrderElementsOf(
                                                        identities(contracts)))),
                Stream.of(contracts).map(contract -> resource(client, declared, contract)));
    }

    private static List<String> identities(ResourceContract... contracts) {
        return Stream.of(contracts).map(ResourceContract::identity).toList();
    }

    private static DynamicContainer resource(
            AssertedClient client,
            Collection<ResourceDeclaration> declared,
            ResourceContract contract) {
        ResourceDeclaration declaration =
                declared.stream()
                        .filter(each -> each.identity().equals(contract.identity()))
                        .findFirst()
                        .orElseThrow();
        DynamicTest facts =
                dynamicTest("has the attributes of 5.0", () -> Facts.check(declaration));
        if (!contract.apart().isEmpty()) {
            return dynamicContainer(
                    "%s (%s)".formatted(contract.identity(), contract.apart()), Stream.of(facts));
        }
        AssertedClient there =
                contract.namespace().isEmpty() ? client : client.in(contract.namespace());
        Subject subject = new Subject(there, declaration, contract);
        return dynamicContainer(
                contract.identity(),
                Stream.of(
                        dynamicContainer("create", new CreateContract(subject).tests()),
                        dynamicContainer("read", new ReadContract(subject).tests()),
                        dynamicContainer("change", new ChangeContract(subject).tests()),
                        facts));
    }
}
