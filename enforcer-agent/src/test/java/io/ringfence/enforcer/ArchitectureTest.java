package io.ringfence.enforcer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOM = "io.ringfence.enforcer.";
    private static final JavaClasses ENFORCER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.enforcer");

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOM + "(*)..")
                .should()
                .beFreeOfCycles()
                .because("a flow and a policy each pass through the rooms in one direction")
                .check(ENFORCER);
    }

    @Test
    void windowsArePure() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "window")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net.http..", "org.apache..")
                .because("which flow is counted where is decided by what is told, not by the world")
                .check(ENFORCER);
    }

    @Test
    void theKernelHalfDoesNotKnowTheConsole() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOM + "netlink", ROOM + "dataplane", ROOM + "observe", ROOM + "dns")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOM + "agent",
                        ROOM + "console",
                        ROOM + "enroll",
                        ROOM + "receive",
                        ROOM + "window",
                        ROOM + "spool",
                        ROOM + "report",
                        "java.net.http..",
                        "org.apache.kafka..")
                .because("what is enforced stays enforced whatever becomes of the console")
                .check(ENFORCER);
    }

    @Test
    void hearingDnsKnowsNoPolicy() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "dns")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOM + "dataplane",
                        ROOM + "observe",
                        "io.ringfence.contracts.policy..",
                        "io.ringfence.engine..")
                .because("what was answered is believed or not before anyone asks what it means")
                .check(ENFORCER);
    }

    @Test
    void messagesAreReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOM + "dns")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill..")
                .because("names are looked up as the JDK does it")
                .check(ENFORCER);
    }

    @Test
    void onlyReportsKnowKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOM + "report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("everything else goes on when Kafka is away")
                .check(ENFORCER);
    }

    @Test
    void receivingKnowsNeitherReportsNorTheKernel() {
        noClasses()
                .that()
                .resideInAPackage(ROOM + "receive")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOM + "report", ROOM + "spool", ROOM + "dataplane", ROOM + "netlink")
                .because("a policy is believed or not before anyone asks what it does")
                .check(ENFORCER);
    }

    @Test
    void nobodyKnowsTheAgent() {
        classes()
                .that()
                .resideInAPackage(ROOM + "agent")
                .should()
                .onlyBeAccessed()
                .byClassesThat()
                .resideInAPackage(ROOM + "agent")
                .because("it puts the rooms together and is left to the launcher")
                .check(ENFORCER);
    }
}
