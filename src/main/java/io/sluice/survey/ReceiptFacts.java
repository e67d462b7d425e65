package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.SourceItem;
import io.sluice.task.KeptItems;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Works out of a receipt alone what its driver would have told the ledger, as it was when the
 * receipt was written.
 */
final class ReceiptFacts {
  private static final String READ_THEN = "what it was made from";

  private final Lake lake;
  private final Ledger ledger;
  private final Tails tails;
  private final CommitFacts commits;
  private final Unobtainable unobtainable;
  private final BiFunction<Job, List<Interval>, Map<Interval, Look>> look;
  private final Map<TableName, Standing> standing = new HashMap<>();
  private final Map<TableName, Map<Interval, Look>> looks = new HashMap<>();
  private final Map<TableName, Set<String>> kept = new HashMap<>();

  /**
   * @param look what the source of a job holds for intervals now
   */
  ReceiptFacts(
      Lake lake,
      Ledger ledger,
      Tails tails,
      Unobtainable unobtainable,
      BiFunction<Job, List<Interval>, Map<Interval, Look>> look) {
    this.lake = lake;
    this.ledger = ledger;
    this.tails = tails;
    this.commits = new CommitFacts(lake, ledger, tails);
    this.unobtainable = unobtainable;
    this.look = look;
  }

  /** Looks at sources once for all of these receipts. */
  void expect(Job job, List<Receipt> receipts) {
    List<Interval> asked =
        receipts.stream()
            .filter(receipt -> receipt.sources().size() == receipt.made().size())
            .filter(receipt -> !isKept(job, receipt))
            .flatMap(receipt -> receipt.made().stream().map(Receipt.Made::interval))
            .distinct()
            .sorted()
            .toList();
    if (job.making() instanceof Making.FromSource && !asked.isEmpty()) {
      looks.put(job.name(), now(job, asked));
    }
    // Sources are asked before the ledger waits for us.
    job.inputs().keySet().forEach(input -> unobtainable.of(job, input, Instant.EPOCH));
  }

  /** With what the source has now: it is not known from what the intervals were made. */
  KeptAcceptance withItems(Job job, KeptAcceptance counted) {
    return job.making() instanceof Making.FromSource
        ? counted.withItems(SourceSurvey.items(now(job, counted.intervals())))
        : counted;
  }

  MadeFacts of(Job job, Receipt receipt, Commit commit) {
    List<Interval> intervals = receipt.made().stream().map(Receipt.Made::interval).toList();
    return commits.facts(
        job,
        receipt,
        commit.version(),
        items(job, receipt, intervals),
        early(job, receipt, intervals, commit.at()));
  }

  private Map<String, IntervalSet> early(
      Job job, Receipt receipt, List<Interval> intervals, Instant moment) {
    return new Waits(lake, table -> unobtainable.of(job, table, moment))
        .early(
            job,
            intervals,
            input ->
                standing
                    .computeIfAbsent(input.table(), this::standing)
                    .at(receipt.reads().getOrDefault(input.table().toString(), -1L), moment));
  }

  private Standing standing(TableName table) {
    List<AttemptRow> published = new ArrayList<>(ledger.published(table.toString()));
    for (AttemptRow open : ledger.openAttempts()) {
      if (open.job().equals(table.toString())) {
        landed(open).ifPresent(published::add);
      }
    }
    published.sort(Comparator.comparing(attempt -> attempt.version().orElse(-1L)));
    return Standing.of(lake.job(table), published);
  }

  /** What is open may be in the table all the same: it is settled later. */
  private Optional<AttemptRow> landed(AttemptRow open) {
    return TableName.parse(open.job()).stream()
        .flatMap(table -> tails.since(lake.path(table), open.baseVersion()).commits().stream())
        .flatMap(
            commit ->
                commit.receipt().stream()
                    .filter(receipt -> receipt.attempt().equals(open.id()))
                    .map(receipt -> open.madeAt(commit.version(), commit.at(), receipt)))
        .findFirst();
  }

  /**
   * The items that were kept with the receipt, or else those that the source holds now, of
   * intervals that were made from just these. All others are left without, so that a plan that
   * looks at them sees that they are not what was read; those of which the source has nothing any
   * more get an item that nobody will find there.
   */
  private Map<Interval, List<SourceItem>> items(
      Job job, Receipt receipt, List<Interval> intervals) {
    if (!(job.making() instanceof Making.FromSource)) {
      return Map.of();
    }
    Optional<Map<Interval, Look>> kept =
        isKept(job, receipt) ? KeptItems.of(lake, job).find(receipt.attempt()) : Optional.empty();
    if (kept.isPresent()) {
      return SourceSurvey.items(kept.get());
    }
    if (receipt.sources().size() != intervals.size()) {
      return Map.of();
    }
    Map<Interval, Look> now =
        looks.containsKey(job.name()) ? looks.get(job.name()) : now(job, intervals);
    Map<Interval, Look> same = new LinkedHashMap<>();
    Map<Interval, List<SourceItem>> gone = new HashMap<>();
    for (int i = 0; i < intervals.size(); i++) {
      Look found = now.get(intervals.get(i));
      String checksum = receipt.sources().get(i);
      if (found != null && found.checksum().equals(checksum)) {
        same.put(intervals.get(i), found);
      } else if (found != null && found.items().isEmpty()) {
        gone.put(intervals.get(i), List.of(new SourceItem(READ_THEN, checksum, 0)));
      }
    }
    gone.putAll(SourceSurvey.items(same));
    return gone;
  }

  private boolean isKept(Job job, Receipt receipt) {
    return kept.computeIfAbsent(job.name(), name -> KeptItems.of(lake, job).attempts())
        .contains(receipt.attempt());
  }

  private Map<Interval, Look> now(Job job, List<Interval> intervals) {
    try {
      return look.apply(job, intervals);
    } catch (RuntimeException e) {
      // A source that can't be looked at is no reason not to take the receipt.
      return Map.of();
    }
  }
}
