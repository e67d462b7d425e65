package io.sluice.lake;

import io.sluice.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how a table is taken care of. */
final class CareReader {
  private static final Duration SHORTEST = Duration.ofDays(1);

  private CareReader() {}

  /** What a definition says itself; the rest comes from the lake's defaults. */
  record Draft(
      Optional<Duration> keep,
      Optional<Long> compact,
      Optional<List<String>> zorder,
      Optional<Duration> every) {
    static final Draft NOTHING =
        new Draft(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    CareSpec over(Draft defaults) {
      CareSpec base = CareSpec.DEFAULT;
      return new CareSpec(
          keep.or(defaults::keep).orElse(base.keep()),
          compact.or(defaults::compact).orElse(base.compact()),
          zorder.or(defaults::zorder).orElse(base.zorder()),
          every.or(defaults::every).orElse(base.every()));
    }
  }

  static Draft read(Section section) {
    Optional<Section> care = section.section("care");
    if (care.isEmpty()) {
      return Draft.NOTHING;
    }
    Section block = care.get();
    Optional<Duration> keep = block.duration("keep", "30 days");
    if (keep.filter(time -> time.compareTo(SHORTEST) < 0).isPresent()) {
      block.wrong(
          "keep",
          "a task that runs, and an undo, need what was there before: it is kept for a day at least; write keep = 1 day");
    }
    return new Draft(
        keep,
        block.bytes("compact", "32 MB"),
        block.has("zorder") ? Optional.of(block.texts("zorder")) : Optional.empty(),
        block.duration("every", "7 days"));
  }
}
