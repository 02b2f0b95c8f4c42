package io.ringfence.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.protocol");

    @Test
    void decidingRoomsArePure() {
        noClasses()
                .that()
                .resideInAnyPackage("..filter..", "..query..", "..declaration..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta.ws.rs..", "..endpoint..")
                .because("what a request means can be decided, and tested, without a server")
                .check(CLASSES);
    }

    @Test
    void knowsNoStore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ringfence.store..", "org.hibernate..", "java.sql..")
                .because("a service may keep its objects elsewhere, or none at all")
                .check(CLASSES);
    }

    @Test
    void nobodyNeedsTheEndpoint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..endpoint..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..endpoint..")
                .because("the endpoint is the outermost room")
                .check(CLASSES);
    }

    @Test
    void declarationsDoNotKnowBehaviours() {
        slices().matching("io.ringfence.protocol.(declaration|filter|query)..")
                .should()
                .beFreeOfCycles()
                .because("a declaration can be read without knowing what is done with it")
                .check(CLASSES);
    }
}
