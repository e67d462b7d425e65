package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.survey.Survey;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses to make tables anew that would lose rows by it: the first task replaces the whole table,
 * so all that is made must be in the plan, and be there to be made of.
 */
record Rebuild(Lake lake, Ledger ledger, Survey survey) {

  void check(Set<TableName> anew, Plan plan) {
    List<String> lost = new ArrayList<>();
    for (TableName name : new TreeSet<>(anew)) {
      lost(lake.job(name), plan).ifPresent(lost::add);
    }
    if (!lost.isEmpty()) {
      throw new UserException(
          "--rebuild replaces the whole table, and what is made but can't be made again would be lost: %s; bring back what is missing, or leave the table as it is and give the new definition a file of another name"
              .formatted(String.join("; ", lost)));
    }
  }

  private Optional<String> lost(Job job, Plan plan) {
    IntervalSet made = ledger.facts(job.name().toString()).made();
    if (made.contains(Interval.ALWAYS) && job.every() != Cadence.NONE) {
      // It had no time when it was made, so no interval is known to be in it.
      return Optional.empty();
    }
    IntervalSet planned =
        plan.tasks().stream()
            .filter(task -> task.job().equals(job.name()))
            .map(PlannedTask::set)
            .reduce(IntervalSet.EMPTY, IntervalSet::union);
    Map<Interval, String> lacking = survey.lacking(job, made);
    IntervalSet lost = made.minus(planned.minus(IntervalSet.of(lacking.keySet())));
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s (%s)"
                .formatted(job.name(), job.every().name(lost), why(job, lost, lacking, plan)));
  }

  private static String why(Job job, IntervalSet lost, Map<Interval, String> lacking, Plan plan) {
    return lacking.values().stream()
        .findFirst()
        .or(
            () ->
                plan.waiting().stream()
                    .filter(one -> one.job().equals(job.name()))
                    .filter(one -> !one.intervals().intersect(lost).isEmpty())
                    .map(Plan.Waiting::why)
                    .findFirst())
        .orElse("not due by its start, end and cadence");
  }
}
