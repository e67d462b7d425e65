package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.lake.Job;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.SourceState;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Looks at what the sources hold, and says what is new against what was made from them. */
final class SourceSurvey {

  /** So far back of the newest interval an interval that was made is looked at again. */
  private static final int DAYS_LOOKED_BACK = 31;

  private final Ledger ledger;
  private final Function<Job, Source> sources;

  SourceSurvey(Ledger ledger, Function<Job, Source> sources) {
    this.ledger = ledger;
    this.sources = sources;
  }

  Map<Interval, Look> look(Job job, List<Interval> intervals, Source.KnownItems known) {
    return sources.apply(job).look(intervals, known);
  }

  /**
   * @param due the job's due intervals, as one span
   * @param all whether intervals are looked at however old they are
   */
  Map<Interval, SourceState> survey(Job job, Interval due, IntervalSet made, boolean all) {
    Source source = sources.apply(job);
    List<Interval> asked = new ArrayList<>();
    for (Interval interval : job.every().split(due)) {
      if (all
          || source.seesAllAtOnce()
          || interval.to().isAfter(due.to().minusDays(DAYS_LOOKED_BACK))
          || !made.contains(interval)) {
        asked.add(interval);
      }
    }
    Map<Interval, SourceState> states = new TreeMap<>();
    if (!asked.isEmpty()) {
      Map<Interval, List<SourceItem>> before =
          ledger.sourceItems(job.name().toString(), asked.get(0).span(asked.get(asked.size() - 1)));
      source
          .look(asked, new SeenItems(ledger, job, due, false))
          .forEach(
              (interval, look) ->
                  state(look, before.getOrDefault(interval, List.of()), made, interval)
                      .ifPresent(state -> states.put(interval, state)));
    }
    return states;
  }

  /**
   * Of a job that is only read: its unmade intervals that the source can't give any more. None
   * where the source can't be asked: whoever makes the readers may have no rights there.
   */
  Map<Interval, SourceState> unobtainable(Job job, Interval due, IntervalSet made) {
    List<Interval> unmade = IntervalSet.of(due).minus(made).split(job.every());
    Map<Interval, SourceState> states = new TreeMap<>();
    if (unmade.isEmpty()) {
      return states;
    }
    try {
      sources
          .apply(job)
          .look(unmade, new SeenItems(ledger, job, due, false))
          .forEach(
              (interval, look) -> {
                if (look.presence() == Look.Presence.UNOBTAINABLE) {
                  states.put(interval, new SourceState(SourceState.Kind.UNOBTAINABLE, look.why()));
                }
              });
    } catch (SourceException e) {
      return Map.of();
    }
    return states;
  }

  static Map<Interval, List<SourceItem>> items(Map<Interval, Look> looks) {
    Map<Interval, List<SourceItem>> items = new HashMap<>();
    looks.forEach(
        (interval, look) ->
            items.put(
                interval,
                look.items().stream()
                    .map(item -> new SourceItem(item.id(), item.version(), item.bytes()))
                    .toList()));
    return items;
  }

  /** Empty where there is nothing to tell, as of nearly all of ten years. */
  private static Optional<SourceState> state(
      Look look, List<SourceItem> before, IntervalSet made, Interval interval) {
    return switch (look.presence()) {
      case AWAITED -> {
        String gone = made.contains(interval) ? difference(before, List.of()) : "";
        yield Optional.of(
            gone.isEmpty()
                ? new SourceState(SourceState.Kind.AWAITED, look.why())
                : new SourceState(
                    SourceState.Kind.REMOVED,
                    gone + ": put it back, or accept the interval as it is"));
      }
      case UNOBTAINABLE -> Optional.of(new SourceState(SourceState.Kind.UNOBTAINABLE, look.why()));
      case PRESENT, EMPTY, MISSING -> {
        String difference = made.contains(interval) ? difference(before, look.items()) : "";
        yield difference.isEmpty()
            ? Optional.empty()
            : Optional.of(new SourceState(SourceState.Kind.CHANGED, difference));
      }
    };
  }

  /** What a person is told of the first item that is not as it was; empty where all are. */
  private static String difference(List<SourceItem> before, List<Look.Item> now) {
    Map<String, String> old = new HashMap<>();
    before.forEach(item -> old.put(item.id(), item.version()));
    for (Look.Item item : now) {
      String version = old.remove(item.id());
      if (!Objects.equals(version, item.version())) {
        return name(item.id()) + (version == null ? " is new" : " changed");
      }
    }
    return old.keySet().stream().sorted().findFirst().map(id -> name(id) + " is gone").orElse("");
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
