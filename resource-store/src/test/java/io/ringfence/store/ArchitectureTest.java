package io.ringfence.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.store");

    @Test
    void objectsDoNotSpeakToKafka() {
        noClasses()
                .that()
                .resideInAPackage("..object..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because(
                        "what is not committed must not be announced, so only the outbox announces")
                .check(CLASSES);
    }

    @Test
    void outboxDoesNotKnowObjects() {
        noClasses()
                .that()
                .resideInAPackage("..outbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..store.object..", "..protocol..")
                .because("an announcement is bytes with a place to go")
                .check(CLASSES);
    }

    @Test
    void knowsNoEndpoint() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..", "..protocol.endpoint..", "..protocol.caller..")
                .because("who asks, and over what, is settled before anything is stored")
                .check(CLASSES);
    }
}
