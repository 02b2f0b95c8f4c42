package io.ringfence.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses engine =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.engine");

    @Test
    void dependsOnContractsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.google.protobuf..",
                        "io.ringfence.contracts..",
                        "io.ringfence.engine..")
                .because("services, the CLI and queries all ask it, each in its own surroundings")
                .check(engine);
    }

    @Test
    void knowsNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.io..", "java.nio.file..")
                .because("what is compiled depends on the stored state only")
                .check(engine);
    }

    @Test
    void theReferenceSharesNothingWithTheCompiler() {
        noClasses()
                .that()
                .haveSimpleName("PolicyEvaluator")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.ringfence.engine.Match")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("ApplyingRule")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("RunningUnits")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("VisibleNetworks")
                .because("a shared mistake would pass the test that compares them")
                .check(engine);
    }
}
