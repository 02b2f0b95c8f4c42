package io.ringfence.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.ringfence.cli");

    @Test
    void apiVerbsDoNotStartProcesses() {
        noClasses()
                .that()
                .resideInAPackage("..cli.api..")
                .or()
                .resideInAPackage("..cli.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..cli.launch..", "..cli.process..", "..cli.demo..")
                .because("they work against any console, not only one started here")
                .check(classes);
    }

    @Test
    void processesDoNotKnowWhatTheyAreFor() {
        noClasses()
                .that()
                .resideInAPackage("..cli.process..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..cli.launch..", "..cli.demo..", "..cli.api..")
                .because("starting and watching is one job, which processes there are another")
                .check(classes);
    }

    @Test
    void theStackOnDiskDependsOnNothingThatRunsIt() {
        noClasses()
                .that()
                .resideInAPackage("..cli.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..cli.launch..", "..cli.process..", "..cli.demo..", "..cli.api..")
                .because("every verb reads it")
                .check(classes);
    }
}
