package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Problems;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.TypedDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gives each source of a job its time, and sees that each interval has one source. */
record SourceResolver(Problems problems) {

  List<SourceSpec> resolve(JobDraft job, Schedule schedule) {
    Interval all = schedule.span();
    List<SourceSpec> specs = new ArrayList<>();
    for (SourceReader.Draft draft : job.sources()) {
      Cadence every = schedule.every();
      LocalDateTime from =
          draft.start().map(typed -> TypedDate.first(typed, every)).orElse(all.from());
      LocalDateTime to = draft.end().map(typed -> TypedDate.end(typed, every)).orElse(all.to());
      if (from.isBefore(to)) {
        specs.add(
            new SourceSpec(
                new Interval(from, to),
                draft.columns(),
                draft.reread(),
                draft.kind(),
                draft.origin()));
      } else {
        wrong(draft.origin(), "it ends before it begins; mend its start or end");
      }
    }
    specs.sort(Comparator.comparing(SourceSpec::span));
    for (int i = 1; i < specs.size(); i++) {
      checkNeighbours(specs.get(i - 1), specs.get(i));
    }
    return specs;
  }

  private void checkNeighbours(SourceSpec before, SourceSpec after) {
    if (before.span().overlaps(after.span())) {
      wrong(
          after.origin(),
          "it begins with %s, when the one before has not ended; give that an end, and this a start after it"
              .formatted(Civil.text(after.span().from())));
    } else if (before.span().to().isBefore(after.span().from())) {
      wrong(
          after.origin(),
          "from %s until it begins with %s there is no source; move its start, or the end of the one before"
              .formatted(Civil.text(before.span().to()), Civil.text(after.span().from())));
    }
  }

  private void wrong(Origin origin, String message) {
    problems.add(new Place(origin.file(), origin.line()), "source", message);
  }
}
