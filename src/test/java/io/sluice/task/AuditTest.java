package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.quality.Violation;
import io.sluice.testing.Jobs;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final List<Interval> DAYS = Jobs.days("2011-01-01", "2011-01-04");
  private static final Job JOB = Jobs.sql("analysis.fact", "SELECT 1").build();
  private static final Job ORDERED =
      Jobs.sql("analysis.fact", "SELECT 1")
          .write(
              new WriteSpec.Scd2(
                  List.of("code"), List.of(), Optional.empty(), Optional.empty(), false))
          .build();

  @Test
  void whereNoRuleIsBrokenAllMayBePublished() {
    assertEquals(DAYS, new Audit(JOB, DAYS, false).passing());
    assertEquals(List.of(), new Audit(JOB, DAYS, true).leftOut());
  }

  @Test
  void whatBreaksARuleIsLeftOutWhereThatCanBe() {
    assertEquals(
        List.of(DAYS.get(0), DAYS.get(2), DAYS.get(3)), audit(JOB, true, DAYS.get(1)).passing());
    assertEquals(List.of(DAYS.get(1)), audit(JOB, true, DAYS.get(1)).leftOut());
    assertEquals(List.of(), audit(JOB, false, DAYS.get(1)).passing());
  }

  @Test
  void ofAnOrderedJobNothingAfterItIsPublished() {
    assertEquals(DAYS.subList(0, 1), audit(ORDERED, true, DAYS.get(2), DAYS.get(1)).passing());
    assertEquals(List.of(), audit(ORDERED, true, DAYS.get(0)).passing());
  }

  @Test
  void aBrokenRuleOfAnIntervalThatIsNotTheTasksLeavesNothing() {
    Interval other = Jobs.days("2011-02-01", "2011-02-01").get(0);
    assertEquals(List.of(), audit(JOB, true, other).passing());
  }

  private static Audit audit(Job job, boolean canLeaveOut, Interval... broken) {
    Audit audit = new Audit(job, DAYS, canLeaveOut);
    for (Interval interval : broken) {
      audit.add(List.of(new Violation(interval, "rule", "1 row")));
    }
    return audit;
  }
}
