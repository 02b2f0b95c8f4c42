package io.ringfence.flowingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.ringfence.flowingest.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.flowingest");

    @Test
    void decisionsArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "verify", ROOT + "gap")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "java.net.http..",
                        "io.quarkus..",
                        ROOT + "write",
                        ROOT + "consume",
                        ROOT + "start")
                .because("what is believed and what is missing follows from the record alone")
                .check(CLASSES);
    }

    @Test
    void writingKnowsNothingOfKafka() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "write")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", ROOT + "consume", ROOT + "start")
                .because("a sample follows from the record, never from where or when it was read")
                .check(CLASSES);
    }

    @Test
    void onlyTheStartKnowsTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "start")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
                .because("everything else is tested with new")
                .check(CLASSES);
    }
}
