package io.ringfence.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String HERE = "io.ringfence.gateway.";
    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.gateway");

    @Test
    void decidesWithoutTheWorld() {
        noClasses()
                .that()
                .resideInAPackage(HERE + "authorize..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "org.apache.kafka..",
                        "jakarta..",
                        HERE + "route..",
                        HERE + "admit..",
                        HERE + "consume..")
                .because("a decision must be testable as a table of cases")
                .check(classes);
    }

    @Test
    void onlyConsumeSpeaksKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HERE + "consume..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.clients.producer..")
                .because("the gateway changes nothing; its only records are dead letters")
                .check(classes);
    }

    @Test
    void theWayInKnowsNoPage() {
        noClasses()
                .that()
                .resideInAPackage(HERE + "route..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        HERE + "events..",
                        HERE + "health..",
                        HERE + "landing..",
                        HERE + "openapi..",
                        HERE + "permissions..",
                        HERE + "stream..")
                .because("a page is added by making one, not by changing the way in")
                .check(classes);
    }

    @Test
    void roomsHaveAnOrder() {
        slices().matching("io.ringfence.gateway.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a request goes one way through the rooms")
                .check(classes);
    }
}
