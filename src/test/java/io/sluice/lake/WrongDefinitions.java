package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake has a message of its own, with its place and what to write instead. */
abstract class WrongDefinitions {
  @TempDir Path folder;
  TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  /** The settings of a raw table, after those that are right. */
  void sales(String more, String expected) {
    raw(TestProject.SALES + more, expected);
  }

  /** The settings of a raw table's source, on line 1. */
  void source(String settings, String expected) {
    raw("source { %s }\nstart = 2010-12-01\n".formatted(settings), expected);
  }

  /** The whole of a raw table's file. */
  void raw(String text, String expected) {
    project.file("jobs/raw/sales.conf", text);
    assertEquals(expected, project.problems());
  }

  /** A job in SQL, whose settings begin on line 2. */
  void fact(String settings, String sql, String expected) {
    project.file("jobs/analysis/fact.sql", "/* sluice\n%s\n*/\n%s\n".formatted(settings, sql));
    assertEquals(expected, project.problems());
  }

  void fact(String settings, String expected) {
    fact("partition-by = invoice_date\n" + settings, "SELECT * FROM raw.sales", expected);
  }
}
