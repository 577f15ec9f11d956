package riskcluster.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture page, as they stand in the compiled classes. */
class ModuleArrowsTest {
    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        program = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("riskcluster");
    }

    @Test
    void arrowsPointToContracts() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("contracts")
                .definedBy("riskcluster.contracts..")
                .layer("actors")
                .definedBy("riskcluster.actors..")
                .layer("lakehouse")
                .definedBy("riskcluster.lakehouse..")
                .layer("node")
                .definedBy("riskcluster.node..")
                .whereLayer("node")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("actors")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("lakehouse")
                .mayOnlyBeAccessedByLayers("node")
                .check(program);
    }

    @Test
    void contractsNeedTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("riskcluster.contracts..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("riskcluster.contracts..", "java..", "javax.crypto..", "org.jspecify.annotations..")
                .check(program);
    }

    @Test
    void theLakehouseKnowsNoActors() {
        noClasses()
                .that()
                .resideInAPackage("riskcluster.lakehouse..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "org.apache.kafka..", "scala..")
                .check(program);
    }

    @Test
    void actorsKnowNoTables() {
        noClasses()
                .that()
                .resideInAPackage("riskcluster.actors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.iceberg..", "java.sql..", "org.postgresql..")
                .check(program);
    }

    /** Live scoring, replay and audit agree only if scoring asks nothing but its arguments. */
    @Test
    void scoringAsksNoClockNoChanceAndNoWorld() {
        noClasses()
                .that()
                .resideInAnyPackage("riskcluster.actors.score..", "riskcluster.contracts.decision..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.pekko..",
                        "org.apache.kafka..",
                        "java.sql..",
                        "java.net..",
                        "java.util.concurrent..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .check(program);
    }

    @Test
    void noPackageOfAModuleDependsOnItselfInACircle() {
        for (var module : new String[] {"contracts", "actors", "lakehouse", "node"}) {
            slices().matching("riskcluster." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(program);
        }
    }

    @Test
    void noActorIsUntyped() {
        noClasses()
                .that()
                .resideInAPackage("riskcluster..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.pekko.actor.AbstractActor")
                .check(program);
    }

    @Test
    void nothingIsSerializedByJava() {
        noClasses()
                .that()
                .resideInAPackage("riskcluster..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(program);
    }
}
