package io.ringfence.trust;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses TRUST =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.trust");

    @Test
    void certificatesAndSignaturesStandAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("..trust.certificate", "..trust.signature")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..trust.token", "..trust.assertion", "org.jose4j..")
                .because("an enforcer signs and verifies without knowing any token")
                .check(TRUST);
    }

    @Test
    void knowsNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..")
                .because("services, enforcers and the launcher all build on it")
                .check(TRUST);
    }
}
