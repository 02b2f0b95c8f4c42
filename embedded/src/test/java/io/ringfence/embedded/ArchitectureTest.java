package io.ringfence.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses EMBEDDED =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.embedded");

    @Test
    void serversDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..embedded.kafka")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..embedded.postgres")
                .because("each is a process of its own")
                .check(EMBEDDED);
        noClasses()
                .that()
                .resideInAPackage("..embedded.postgres")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..embedded.kafka")
                .because("each is a process of its own")
                .check(EMBEDDED);
    }

    @Test
    void anInstallationIsMadeWithoutTheServersLibraries() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..embedded.init",
                        "..embedded.jwks",
                        "..embedded.process",
                        "..embedded.victoriametrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "org.postgresql..", "org.slf4j..", "kafka..")
                .because("the test kit makes one beside another version of Kafka's client")
                .check(EMBEDDED);
    }
}
