package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.MarkKinds;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds what dead attempts published, and what they would have told the ledger of it. */
public final class LandedReceipts implements Receipts {
  private final Lake lake;
  private final Ledger ledger;
  private final Tails tails;
  private final BiFunction<Job, List<Interval>, Map<Interval, Look>> look;

  /**
   * @param look what the source of a job holds for intervals now
   */
  public LandedReceipts(
      Lake lake,
      Ledger ledger,
      Tails tails,
      BiFunction<Job, List<Interval>, Map<Interval, Look>> look) {
    this.lake = lake;
    this.ledger = ledger;
    this.tails = tails;
    this.look = look;
  }

  @Override
  public Optional<MadeFacts> landed(AttemptRow attempt) {
    Optional<Job> job = TableName.parse(attempt.job()).flatMap(lake::find);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    for (Commit commit :
        tails.since(lake.path(job.get().name()), attempt.baseVersion()).commits()) {
      Optional<Receipt> receipt =
          commit.receipt().filter(found -> found.attempt().equals(attempt.id()));
      if (receipt.isPresent()) {
        return receipt.map(found -> facts(job.get(), found, commit.version()));
      }
    }
    return Optional.empty();
  }

  private MadeFacts facts(Job job, Receipt receipt, long version) {
    List<Interval> intervals = receipt.made().stream().map(Receipt.Made::interval).toList();
    Map<String, IntervalSet> early =
        new Waits(lake, table -> IntervalSet.EMPTY)
            .early(job, intervals, input -> madeWhenRead(input, receipt));
    return new CommitFacts(lake, ledger, tails)
        .facts(job, receipt, version, items(job, receipt, intervals), early);
  }

  /** What is made of the input now without what landed after the version that was read. */
  private IntervalSet madeWhenRead(Input input, Receipt receipt) {
    String table = input.table().toString();
    long version = receipt.reads().getOrDefault(table, -1L);
    IntervalSet made = MarkKinds.standing(ledger.facts(table));
    for (Commit later : tails.since(lake.path(input.table()), version).commits()) {
      if (later.receipt().isPresent()) {
        made = made.minus(later.receipt().get().intervals());
      }
    }
    return made;
  }

  /**
   * The items that the source holds now, of those intervals that were made from just these; all
   * others are left without, so that the next plan sees that they are not what was read.
   */
  private Map<Interval, List<SourceItem>> items(
      Job job, Receipt receipt, List<Interval> intervals) {
    if (!(job.making() instanceof Making.FromSource)
        || receipt.sources().size() != intervals.size()) {
      return Map.of();
    }
    Map<Interval, Look> now;
    try {
      now = look.apply(job, intervals);
    } catch (RuntimeException e) {
      // A source that can't be looked at is no reason not to settle.
      return Map.of();
    }
    Map<Interval, Look> same = new HashMap<>();
    for (int i = 0; i < intervals.size(); i++) {
      Look found = now.get(intervals.get(i));
      if (found != null && found.checksum().equals(receipt.sources().get(i))) {
        same.put(intervals.get(i), found);
      }
    }
    return SourceSurvey.items(same);
  }
}
