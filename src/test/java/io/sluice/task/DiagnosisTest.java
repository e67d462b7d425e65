package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.SourceException;
import io.sluice.lake.Job;
import io.sluice.table.TableException;
import io.sluice.testing.Jobs;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import scala.Option;

class DiagnosisTest {
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");
  private static final Job RAW = Jobs.csv("raw.sales").build();
  private static final Job FACT =
      Jobs.sql("analysis.fact", "SELECT id, day FROM raw.sales").input("raw.sales").build();
  private static final Job JAVA =
      Jobs.java("analysis.visit", "com.acme.V", java.util.Map.of()).build();

  @Test
  void columnsThatDoNotFitAreTheFaultOfEveryIntervalOfATransform() {
    for (Throwable failure :
        List.of(
            analysis("[UNRESOLVED_COLUMN] a column `x`"),
            TableException.ofColumns("column x is INT in the table and DATE in the rows"),
            TaskFailure.definite("require.once: no column line", Blame.COLUMNS))) {
      assertEquals(TWO, culprits(FACT, failure), failure.toString());
      assertEquals(TWO, culprits(JAVA, failure), failure.toString());
    }
  }

  @Test
  void columnsOfASourceMayBeThoseOfOneFile() {
    assertEquals(List.of(), culprits(RAW, analysis("[UNRESOLVED_COLUMN] a column `x`")));
    assertEquals(List.of(), culprits(RAW, TableException.ofColumns("column x is not made")));
    assertEquals(List.of(), culprits(RAW, TaskFailure.definite("no column x", Blame.COLUMNS)));
  }

  @Test
  void rightsAndSettingsAreTheFaultOfEveryInterval() {
    for (Job job : List.of(RAW, FACT)) {
      for (Throwable failure :
          List.of(
              new AccessDeniedException("s3a://lake", null, "Status Code: 403"),
              new java.net.UnknownHostException("s3.nowhere.invalid"),
              new IOException("403 Forbidden"),
              new IOException("No space left on device"),
              new IOException("Mkdirs failed to create file:/lake/raw/sale/day=2011-01-01"),
              new ClassNotFoundException("com.acme.V"),
              TaskFailure.definite("raw.fx has no table yet", Blame.ALL),
              SourceException.ofAll("wrong password", null),
              SourceException.passing(
                  "landing can't be listed", List.of(), new AccessDeniedException("landing")))) {
        assertEquals(TWO, culprits(job, failure), failure.toString());
      }
    }
  }

  @Test
  void theIntervalThatAFailureNamesIsToBlameAlone() {
    Throwable denied = new AccessDeniedException("landing/2011-01-02.csv");
    assertEquals(
        List.of(TWO.get(1)),
        culprits(RAW, SourceException.definite("can't be read", List.of(TWO.get(1)), denied)));
    assertEquals(
        List.of(TWO.get(0)),
        culprits(FACT, new TableException("key 7 is there twice", List.of(TWO.get(0)))));
  }

  @Test
  void whatMayBeTheFaultOfSomeRowsNamesNobody() {
    assertEquals(List.of(), culprits(FACT, new ArithmeticException("Division by zero")));
    assertEquals(List.of(), culprits(FACT, new TableException("NULL in day", List.of())));
    assertEquals(
        List.of(), culprits(JAVA, analysis("[PATH_NOT_FOUND] no path landing/2011-01-01")));
  }

  private static List<Interval> culprits(Job job, Throwable failure) {
    TaskOrder order = new TaskOrder(job, TWO, "r1", "a1");
    Diagnosis diagnosis = Diagnosis.of(order, new IllegalStateException("outer", failure));
    assertEquals(FailureClass.DEFINITE, diagnosis.kind());
    return diagnosis.culprits();
  }

  private static AnalysisException analysis(String message) {
    return new AnalysisException(
        message,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        scala.collection.immutable.Map$.MODULE$.<String, String>empty(),
        new QueryContext[0]);
  }
}
