package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the design's table of packages: who may import whom, and who may know what. */
class ArchitectureTest {

  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("time", Set.of()),
          entry("config", Set.of()),
          entry("rehearsal", Set.of()),
          entry("storage", Set.of()),
          entry("sql", Set.of("time")),
          entry("api", Set.of("time")),
          entry("lake", Set.of("config", "sql", "time")),
          entry("graph", Set.of("lake", "time")),
          entry("deltalog", Set.of("storage", "time")),
          entry("ledger", Set.of("deltalog", "time")),
          entry("plan", Set.of("graph", "lake", "ledger", "deltalog", "time")),
          entry("source", Set.of("api", "lake", "storage", "time")),
          entry("transform", Set.of("api", "lake", "sql", "time")),
          entry("quality", Set.of("lake", "time")),
          entry("table", Set.of("lake", "deltalog", "time")),
          entry("warehouse", Set.of("api", "lake", "time")),
          entry(
              "task",
              Set.of(
                  "source",
                  "transform",
                  "quality",
                  "table",
                  "warehouse",
                  "api",
                  "lake",
                  "deltalog",
                  "rehearsal",
                  "time")),
          entry(
              "survey",
              Set.of(
                  "graph", "lake", "plan", "ledger", "deltalog", "source", "api", "task", "time")),
          entry("run", Set.of("survey", "plan", "task", "ledger", "graph", "lake", "time")),
          entry(
              "repair",
              Set.of("run", "plan", "task", "ledger", "deltalog", "table", "lake", "time")),
          entry("notify", Set.of("run", "ledger", "graph", "lake", "time")),
          entry("schedule", Set.of("run", "ledger", "graph", "lake", "time")),
          entry("web", Set.of("run", "ledger", "graph", "lake", "time")),
          entry("export", Set.of("run", "ledger", "graph", "lake", "time")),
          entry("sample", Set.of("api", "time")));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sluice");

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsNoMoreThanItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_IMPORT.getOrDefault(name, Set.of()).stream())
            .map(one -> "io.sluice." + one + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("io.sluice." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(resideOutsideOfPackage("io.sluice..")))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> known = new TreeSet<>(MAY_IMPORT.keySet());
    known.add("cli");
    Set<String> found =
        OURS.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("io.sluice."))
            .map(name -> name.split("\\.", -1)[2])
            .collect(Collectors.toCollection(TreeSet::new));
    found.removeAll(known);
    assertEquals(Set.of(), found);
  }

  @Test
  void packagesDoNotGoRoundInCircles() {
    slices().matching("io.sluice.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void onlySomeKnowSpark() {
    none("api", "source", "transform", "table", "warehouse", "task", "sql", "sample")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "io.delta..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void onlyTheClassesNamedInternalKnowTheInternalsOfDelta() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice..")
        .and()
        .haveNameNotMatching("io\\.sluice\\.table\\.Internal.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark.sql.delta..")
        .check(OURS);
  }

  @Test
  void readingSqlStartsNoSession() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice.sql..")
        .should()
        .dependOnClassesThat(
            describe(
                "belong to a session",
                type ->
                    Set.of("SparkSession", "SQLContext", "Dataset", "SparkContext")
                        .contains(type.getSimpleName())))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void onlySomeKnowDatabases() {
    none("ledger", "source.jdbc", "warehouse", "sample")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..")
                .and(
                    describe(
                        "are not just values",
                        type -> !Set.of("Date", "Timestamp").contains(type.getSimpleName()))))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void onlyConfigKnowsHocon() {
    none("config")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe.config..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void theClockIsHandedIn() {
    none("cli").should().accessTargetWhere(asksTheTime()).allowEmptyShould(true).check(OURS);
  }

  private static DescribedPredicate<JavaAccess<?>> asksTheTime() {
    return describe("the time is asked of the machine", ArchitectureTest::asksTheTime);
  }

  private static boolean asksTheTime(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean handedIn = access.getTarget().getFullName().contains(Clock.class.getName() + ")");
    return (owner.startsWith("java.time.") && name.equals("now") && !handedIn)
        || (owner.equals(Clock.class.getName()) && name.startsWith("system"))
        || (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"))
        || access.getTarget().getFullName().equals(Date.class.getName() + ".<init>()");
  }

  private static GivenClassesConjunction none(String... but) {
    return noClasses()
        .that()
        .resideInAPackage("io.sluice..")
        .and()
        .resideOutsideOfPackages(
            Stream.of(but).map(name -> "io.sluice." + name + "..").toArray(String[]::new));
  }
}
