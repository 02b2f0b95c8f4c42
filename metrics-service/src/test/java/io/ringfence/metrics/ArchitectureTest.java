package io.ringfence.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.ringfence.metrics.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.metrics");

    @Test
    void questionsAndReportsArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "query", ROOT + "report", ROOT + "explain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "jakarta..",
                        "io.quarkus..",
                        ROOT + "read",
                        ROOT + "inventory",
                        ROOT + "api")
                .because("what may be asked is decided before anybody is asked")
                .check(CLASSES);
    }

    @Test
    void onlyReadingSpeaksToTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "read")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .because("every question goes out with its namespace filter, which read adds")
                .check(CLASSES);
    }

    @Test
    void readingKnowsNoEndpoint() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "read")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "api", "jakarta.ws..")
                .because("the scope of a question is given to it, not found by it")
                .check(CLASSES);
    }
}
