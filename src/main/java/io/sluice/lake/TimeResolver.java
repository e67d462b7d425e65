package io.sluice.lake;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.TypedDate;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which intervals a job has: its own words, else its inputs', else the lake's defaults. */
record TimeResolver(LakeTime time, ScheduleReader.Draft defaults, Map<TableName, Resolved> known) {

  /** A schedule, and whether it can be believed. */
  record Answer(Schedule schedule, boolean sound) {}

  Answer resolve(JobDraft job, Collection<Input> inputs) {
    Cadence every = job.every();
    if (every == Cadence.NONE) {
      return new Answer(
          new Schedule(every, Interval.ALWAYS.from(), Optional.empty(), Duration.ZERO), true);
    }
    List<Resolved> sources = given(job, inputs);
    Duration delay = job.schedule().delay().or(defaults::delay).orElse(Duration.ZERO);
    Optional<LocalDateTime> first =
        start(job)
            .or(
                () ->
                    sources.stream()
                        .map(s -> every.floor(span(s.job(), every).from()))
                        .max(Comparator.naturalOrder()))
            .or(() -> defaults.start().map(typed -> TypedDate.first(typed, every)));
    Optional<LocalDateTime> end =
        end(job)
            .or(
                () ->
                    sources.stream()
                        .filter(s -> s.job().schedule().end().isPresent())
                        .map(s -> span(s.job(), every).to())
                        .map(to -> every.next(every.floor(to.minusNanos(1))))
                        .min(Comparator.naturalOrder()))
            .or(() -> defaults.end().map(typed -> TypedDate.end(typed, every)));
    // An input that is not known yet is part of a cycle.
    boolean sound =
        sources.stream().allMatch(Resolved::sound)
            && inputs.stream()
                .allMatch(i -> i.table().equals(job.name()) || known.containsKey(i.table()));
    if (first.isEmpty()) {
      if (sound && job.sound() && !job.section().has("start")) {
        job.section()
            .wrong("start", "missing, and no input has one to take over; write start = 2010-12-01");
      }
      sound = false;
    } else if (end.isPresent() && !first.get().isBefore(end.get())) {
      tellEmpty(job, first.get(), end.get(), every, sound);
      end = Optional.empty();
      sound = false;
    }
    return new Answer(new Schedule(every, first.orElse(Interval.ALWAYS.from()), end, delay), sound);
  }

  private static void tellEmpty(
      JobDraft job, LocalDateTime first, LocalDateTime end, Cadence every, boolean sound) {
    boolean told =
        job.schedule().start().isPresent()
            && job.schedule().end().isPresent()
            && !job.section().has("source");
    if (!told && sound && job.sound()) {
      job.section()
          .wrong(
              job.section().has("end") ? "end" : "start",
              "there is no interval: it would begin with %s and end with %s; look at the start and end of its inputs"
                  .formatted(every.name(every.at(first)), every.name(every.at(end.minusNanos(1)))));
    }
  }

  /** What it takes start and end from: cut inputs, or where there are none, any with time. */
  private List<Resolved> given(JobDraft job, Collection<Input> inputs) {
    List<Resolved> cut = new ArrayList<>();
    List<Resolved> other = new ArrayList<>();
    for (Input input : inputs) {
      Resolved target = known.get(input.table());
      if (target != null
          && !input.table().equals(job.name())
          && target.job().every() != Cadence.NONE) {
        (input.sight().isCut() ? cut : other).add(target);
      }
    }
    return cut.isEmpty() ? other : cut;
  }

  private Interval span(Job input, Cadence every) {
    return time.translate(input.schedule().span(), input.every(), every);
  }

  private static Optional<LocalDateTime> start(JobDraft job) {
    Cadence every = job.every();
    return job.schedule()
        .start()
        .map(typed -> TypedDate.first(typed, every))
        .or(
            () ->
                job.sources().stream()
                    .flatMap(source -> source.start().stream())
                    .map(typed -> TypedDate.first(typed, every))
                    .min(Comparator.naturalOrder()));
  }

  private static Optional<LocalDateTime> end(JobDraft job) {
    Cadence every = job.every();
    boolean allEnd = job.sources().stream().allMatch(source -> source.end().isPresent());
    return job.schedule()
        .end()
        .map(typed -> TypedDate.end(typed, every))
        .or(
            () ->
                job.sources().stream()
                    .filter(source -> allEnd)
                    .flatMap(source -> source.end().stream())
                    .map(typed -> TypedDate.end(typed, every))
                    .max(Comparator.naturalOrder()));
  }
}
