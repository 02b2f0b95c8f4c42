package io.ringfence.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.names.DnsAnswers;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses engine =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.ringfence.engine");

    @Test
    void dependsOnContractsOnly() {
        classes()
                .that()
                .resideOutsideOfPackage("io.ringfence.engine.stored")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.google.protobuf..",
                        "io.ringfence.contracts..",
                        "org.roaringbitmap..",
                        "org.pcollections..",
                        "io.ringfence.engine..")
                .because("services, the CLI and queries all ask it, each in its own surroundings")
                .check(engine);
    }

    @Test
    void onlyWhatIsStoredIsJson() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ringfence.engine.stored")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "io.ringfence.engine.stored")
                .because("the semantics do not depend on how a service writes its objects down")
                .check(engine);
        noClasses()
                .that()
                .resideInAPackage("io.ringfence.engine.stored")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.ringfence.protocol..")
                .because("every service reads the topics in its own way")
                .check(engine);
    }

    @Test
    void knowsNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .because("everything depends on the stored state and the instant asked for")
                .check(engine);
    }

    @Test
    void compilesWithoutTime() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Policy")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .because("a world is cut to an instant before it is compiled or evaluated")
                .check(engine);
    }

    @Test
    void theReferenceSharesNothingWithTheEngine() {
        JavaClasses reference =
                new ClassFileImporter().importPackages("io.ringfence.engine.reference");
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "io\\.ringfence\\.engine\\.(Policy|Match|Applying|Running|Visible|Namespaces|Region|Snapshot|Tenant|incremental).*")
                .orShould()
                .callMethod(TagExpression.class, "matches", Set.class)
                .orShould()
                .callMethod(TagExpression.class, "isPrefix", String.class)
                .orShould()
                .callMethod(Prefix.class, "contains", Prefix.class)
                .orShould()
                .callMethod(Validity.class, "isActiveAt", Instant.class)
                .orShould()
                .callMethod(Schedule.class, "isActiveAt", Instant.class)
                .orShould()
                .callMethod(Partitioning.class, "tenantOf", String.class)
                .orShould()
                .callMethod(World.class, "at", Instant.class)
                .orShould()
                .callMethod(DnsAnswers.class, "resolve", World.class, Instant.class)
                .orShould()
                .callMethod(TargetNetworks.class, "hold", int.class, InetAddress.class)
                .because("a shared mistake would pass the test that compares them")
                .check(reference);
    }
}
