package io.ringfence.contracts;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses contracts =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.contracts");

    @Test
    void holdsNoFramework() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.google.protobuf..",
                        "io.ringfence.contracts..")
                .because("every module depends on contracts and would inherit it")
                .check(contracts);
    }

    @Test
    void roomsDoNotKnowEachOther() {
        slices().matching("io.ringfence.contracts.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("..contracts.audit.."),
                        resideInAPackage("..contracts.resource.."))
                .because(
                        "a message or a grammar is read by itself; only the audit calls operations what"
                                + " the objects' topics call them")
                .check(contracts);
    }
}
