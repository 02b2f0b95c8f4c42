package io.ringfence.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.index.Entry.Served;
import io.ringfence.contracts.index.Owner;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// What is declared here and what the gateway routes here are the same.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RoutedResourcesIT {
    @Inject Resources resources;

    @Test
    void areThoseDeclaredInEverySpelling() {
        assertThat(resources.all()).isNotEmpty();
        for (ResourceDeclaration declared : resources.all()) {
            assertThat(ResourceIndex.console().identified(declared.identity()))
                    .as(declared.identity())
                    .get()
                    .isInstanceOfSatisfying(
                            Served.class,
                            served -> {
                                assertThat(served.owner()).isEqualTo(Owner.IDENTITY);
                                assertThat(served.segments().getFirst())
                                        .isEqualTo(declared.plural());
                                assertThat(served.segments().stream().skip(1))
                                        .containsExactlyInAnyOrderElementsOf(declared.aliases());
                            });
        }
    }
}
