package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows between files. */
class ProjectTest {
  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  private void wrong(String expected) {
    assertEquals(expected.strip(), project.problems());
  }

  @Test
  void allProblemsOfAllFilesAreToldAtOnceByFileAndLine() {
    project.file("conf/lake.conf", "nam = retail\n");
    project.file("jobs/raw/sales.conf", TestProject.SALES + "delay = 2\nevery = daily\n");
    project.file(
        "jobs/analysis/fact.sql",
        """
        -- what follows is wrong in three ways
        /* sluice
          partition_by = d
          description = a#b
        */
        SELECT *
        FROM salse
        """);
    wrong(
        """
        conf/lake.conf:1: nam: unknown key; did you mean name?
        jobs/analysis/fact.sql:3: partition_by: unknown key; write partition-by
        jobs/analysis/fact.sql:4: description: HOCON takes '#b' for a comment and cuts it off; write description = "a#b"
        jobs/analysis/fact.sql:7: no job makes salse; did you mean raw.sales?
        jobs/raw/sales.conf:5: delay: '2' has no unit; write delay = 2 hours
        jobs/raw/sales.conf:6: every: 'daily' is not known here; write day
        """);
  }

  @Test
  void aTableInTwoFiles() {
    project.file("jobs/raw/sales.sql", "SELECT 1");
    wrong("jobs/raw/sales.sql:1: raw.sales is defined in jobs/raw/sales.conf too; keep one");
  }

  @Test
  void aFolderThatIsNoLayer() {
    project.file("jobs/agregate/daily.sql", "SELECT 1");
    wrong("jobs/agregate:1: 'agregate' is no layer; did you mean aggregate?");
  }

  @Test
  void aTableNamedInCapitals() {
    project.file("jobs/raw/Sales2.sql", "SELECT 1");
    wrong(
        "jobs/raw/Sales2.sql:1: a table's name is lower case letters, digits and _; rename the file");
  }

  @Test
  void aFileThatIsNotRead() {
    project.file("jobs/raw/sales2.yaml", "");
    project.file("jobs/raw/README.md", "");
    wrong("jobs/raw/sales2.yaml:1: a job is a .sql or a .conf file; rename it");
  }

  @Test
  void aWarehouseOfALaterVersion() {
    project.file("jobs/warehouse/daily.sql", "SELECT 1");
    wrong(
        "jobs/warehouse/daily.sql:1: not yet: publishing to a warehouse comes with a later version; leave it out");
  }

  @Test
  void aCycle() {
    project.file("jobs/analysis/a.sql", "/* sluice\npartition-by = d */\nSELECT * FROM analysis.c");
    project.file("jobs/analysis/b.sql", "/* sluice\npartition-by = d */\nSELECT * FROM analysis.a");
    project.file(
        "jobs/analysis/c.sql",
        "/* sluice\npartition-by = d\nstart = 2011-01-01 */\nSELECT * FROM analysis.b");
    wrong(
        "jobs/analysis/a.sql:3: a cycle, none of these can be made first: analysis.a reads analysis.c reads analysis.b reads analysis.a; take one of them out");
  }

  @Test
  void aLayerThatReadsAHigherOne() {
    project.file(
        "jobs/aggregate/daily.sql", "/* sluice\npartition-by = d */\nSELECT * FROM raw.sales");
    project.file(
        "jobs/analysis/a.sql", "/* sluice\npartition-by = d */\nSELECT * FROM aggregate.daily");
    wrong(
        "jobs/analysis/a.sql:3: analysis.a reads aggregate.daily, which is of a higher layer; read raw, then analysis, then feature or aggregate");
  }

  @Test
  void aCommentThatIsAlmostRight() {
    project.file("jobs/analysis/a.sql", "/*sluice\npartition-by = d */\nSELECT * FROM raw.sales");
    wrong("jobs/analysis/a.sql:1: the settings' comment opens with '/*sluice'; write /* sluice");
  }

  @Test
  void aCommentThatComesTooLate() {
    project.file("jobs/analysis/a.sql", "SELECT * FROM raw.sales\n/* sluice\nevery = none */");
    wrong(
        """
        jobs/analysis/a.sql:1: partition-by: missing: nothing says which day a row belongs to; write partition-by = <a column of dates>, or every = none for a table without time
        jobs/analysis/a.sql:2: the settings' comment stands after the SQL has begun; make it the first thing in the file
        """);
  }

  @Test
  void aProjectWithoutFiles() {
    assertEquals(
        """
        conf/lake.conf:1: there is no such file; write one with name = …, or name the project's folder with --project
        jobs:1: there is no such folder; write jobs/raw/<table>.conf first""",
        problemsOf(folder.resolve("nowhere")));
  }

  private static String problemsOf(Path folder) {
    try {
      new LakeLoader().load(folder, Optional.empty(), Map.of());
      return "";
    } catch (io.sluice.config.DefinitionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void twoViewsMayNotMeanDifferentThingsByOneParam() {
    String view =
        "/* sluice\nwrite { mode = view }\nparams { least = %d } */\nSELECT * FROM raw.sales WHERE a > :least";
    project.file("jobs/analysis/v.sql", view.formatted(1));
    project.file("jobs/analysis/w.sql", view.formatted(2));
    project.file(
        "jobs/analysis/a.sql",
        "/* sluice\npartition-by = d */\nSELECT * FROM analysis.v UNION SELECT * FROM analysis.w");
    wrong(
        "jobs/analysis/a.sql:1: params.least: the view analysis.w, which it reads, has another :least; rename one");
  }
}
