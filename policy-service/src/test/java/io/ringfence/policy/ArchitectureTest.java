package io.ringfence.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.policy");

    @Test
    void whatIsStoredAndWhatIsMadeOfItMeetOnKafkaOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..policy.api..",
                        "..authoring..",
                        "..document..",
                        "..importing..",
                        "..exporting..",
                        "..requesting..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..policy.world..",
                        "..policy.compile..",
                        "..policy.publish..",
                        "..policy.internal..")
                .because(
                        "policy must depend on what was announced, not on who happened to store it")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..policy.world..",
                        "..policy.compile..",
                        "..policy.publish..",
                        "..policy.explain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..policy.api..",
                        "..authoring..",
                        "..document..",
                        "..importing..",
                        "..exporting..",
                        "..requesting..",
                        "io.ringfence.store..")
                .because("another instance may have stored it")
                .check(CLASSES);
    }

    @Test
    void compilingIsPure() {
        noClasses()
                .that()
                .resideInAPackage("..policy.compile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "jakarta.ws.rs..", "org.hibernate..")
                .because("the same world must give the same policy, in a test as in production")
                .check(CLASSES);
    }
}
