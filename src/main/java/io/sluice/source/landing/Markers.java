package io.sluice.source.landing;

import io.sluice.lake.SourceSpec;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Files that a sender puts beside the others once all of an interval are there. */
final class Markers {

  private final PathTemplate template;
  private final FolderWalk walk;

  /**
   * @param files the template of the files that are waited for
   * @param name of the marker
   */
  Markers(PathTemplate files, String name, Listing listing) {
    String path = files.text();
    template = PathTemplate.parse(path.substring(0, path.lastIndexOf('/') + 1) + name);
    // A marker may have a name that hides it, as _SUCCESS.
    walk = new FolderWalk(template, listing, any -> true);
  }

  /** Tells the names of markers, which are no files of rows. */
  static Predicate<String> names(SourceSpec.Landing landing) {
    return landing
        .ready()
        .map(name -> PathSegment.parse(name).pattern().asMatchPredicate())
        .orElse(name -> false);
  }

  /** The intervals whose marker is there. */
  Set<Interval> of(List<Interval> intervals) throws IOException {
    IntervalStarts starts = new IntervalStarts(intervals);
    Set<Interval> ready = new HashSet<>();
    for (FolderWalk.Found marker : walk.files(IntervalSet.of(intervals))) {
      if (!template.isDated()) {
        return Set.copyOf(intervals);
      }
      Optional<Interval> home = marker.date().span().flatMap(span -> starts.holder(span.from()));
      home.ifPresent(ready::add);
    }
    return ready;
  }

  /** Where the marker is looked for, for people. */
  String shown(Interval interval) {
    return interval.isAlways() ? template.text() : template.at(interval.from());
  }
}
