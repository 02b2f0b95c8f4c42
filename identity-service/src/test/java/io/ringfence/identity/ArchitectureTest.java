package io.ringfence.identity;

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
                    .importPackages("io.ringfence.identity");

    @Test
    void roomsDependOnEachOtherOneWay() {
        slices().matching("io.ringfence.identity.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a room that needs another which needs it back is one room")
                .check(CLASSES);
    }

    @Test
    void thisServiceReachesNoOther() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ringfence.policy..", "io.ringfence.gateway..")
                .because("services meet on topics and at the gateway only")
                .check(CLASSES);
    }

    @Test
    void namesAreUnderstoodWithoutTheWorld() {
        noClasses()
                .that()
                .resideInAPackage("..grammar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.quarkus..", "jakarta..", "io.smallrye..")
                .because("what a text means must be testable with new")
                .check(CLASSES);
    }

    @Test
    void onlyCountersWriteSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..quota..", "..accounts..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.mutiny.sqlclient..")
                .because(
                        "objects go through the store, which announces what it stores; what is only counted does not")
                .check(CLASSES);
    }
}
